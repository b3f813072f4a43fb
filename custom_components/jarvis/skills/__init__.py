"""What Jarvis can do; each skill is a room of its own."""
