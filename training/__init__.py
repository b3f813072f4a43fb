"""What makes the models that Jarvis ships; nothing here is part of the product."""
