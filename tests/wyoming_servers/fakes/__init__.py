"""Fakes at the wire and tiny models for the tests of wyoming_servers."""
