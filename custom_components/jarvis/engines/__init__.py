"""Workshops: pure Python rooms that know nothing of Home Assistant."""
