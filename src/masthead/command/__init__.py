"""The masthead command: build, inspect, check and serve editions from a terminal."""

from masthead.command.terminal import main

__all__ = ["main"]
