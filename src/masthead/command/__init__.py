"""The masthead command: build, inspect, check and serve editions from a terminal."""

import gc

# What is loaded at the start is no garbage; looking for it, however seldom, takes an eighth of a house's start.
gc.disable()
from masthead.command.terminal import main  # noqa: E402 - what it loads is what is not looked through

gc.freeze()
gc.set_threshold(50_000)
gc.enable()

__all__ = ["main"]
