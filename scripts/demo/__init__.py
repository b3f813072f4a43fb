"""A demo home: real voice servers, a real Home Assistant and a satellite that speaks."""
