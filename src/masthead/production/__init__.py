"""From an uploaded PDF to a build: conversions as rows, taken by worker processes under a lease."""
