"""The masthead command: build, inspect, check and serve editions from a terminal."""

import gc

# What is loaded at the start is no garbage; looking for it after every 700 objects takes a tenth of a house's start.
gc.set_threshold(50_000)

from masthead.command.terminal import main  # noqa: E402 - what it loads is what is not looked through

__all__ = ["main"]
