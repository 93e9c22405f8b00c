"""Applies a publisher's corrections to what was read from a PDF: pure, in their order, and quick."""
