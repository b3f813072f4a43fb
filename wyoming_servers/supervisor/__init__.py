"""The supervisor: keeps the workers alive and knows how they are."""
