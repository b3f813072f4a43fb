"""The embedding worker: a sentence model behind an event of its own."""
