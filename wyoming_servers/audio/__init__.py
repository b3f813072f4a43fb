"""Sound as numbers: conversion to the 16 kHz mono that the models take."""

from .convert import MODEL_RATE, Converter, Samples

__all__ = ["MODEL_RATE", "Converter", "Samples"]
