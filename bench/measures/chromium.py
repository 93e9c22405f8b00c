"""The browser that the measurements drive."""

from __future__ import annotations

import os
import shutil


def chromium() -> str:
    """Where Debian's Chromium is; MASTHEAD_CHROMIUM names another. Exits with a sentence where there is none."""
    named = os.environ.get("MASTHEAD_CHROMIUM")
    program = named or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        raise SystemExit("Chromium is needed; bin/setup --for test says how to install it.")
    return program
