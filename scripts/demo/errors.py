"""What can go wrong with the demo, in words for the person in front of it."""


class DemoError(Exception):
    """Something that the user can read and act on; the message says what to do."""
