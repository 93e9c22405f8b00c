"""The face for readers and visitors over HTTP."""
