"""The edition folder: build it from a PDF, read it, check it."""
