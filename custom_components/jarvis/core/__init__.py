"""Ground floor: what every room may use; standard library only."""
