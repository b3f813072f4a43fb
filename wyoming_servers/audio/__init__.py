"""Sound as numbers: conversion to what the models take, and the front end before them."""

from .convert import MODEL_RATE, Converter, Samples
from .front_end import FrontEnd
from .stages import make_stages

__all__ = ["MODEL_RATE", "Converter", "FrontEnd", "Samples", "make_stages"]
