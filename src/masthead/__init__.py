"""Masthead: from the PDF of an issue to an edition that people read."""

__version__ = "0.1.0"
