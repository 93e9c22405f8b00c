"""The only door to PDF files: open, describe, draw, read characters, in a separate process with limits."""
