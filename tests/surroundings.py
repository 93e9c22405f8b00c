"""The environment of a test run: settings of a house whose data lies in a folder of this run.

A plugin that is named in `pyproject.toml`, because Django's own reads the settings before there is a conftest.
"""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

# Tests make many objects and little garbage: looking for it after every 700 takes a twelfth of their time.
gc.set_threshold(50_000)

# MASTHEAD_TEST_DATABASE=postgresql://… runs the house's tests on a database server instead of SQLite.
_DATA = Path(tempfile.mkdtemp(prefix="masthead-tests-"))
DATABASE = os.environ.get("MASTHEAD_TEST_DATABASE", "")
_KEPT = (
    "MASTHEAD_CHROMIUM",
    "MASTHEAD_SCREENS",
    "MASTHEAD_TEST_DATABASE",
    "MASTHEAD_TEST_TESSERACT",
    "MASTHEAD_TEST_SCALE",
    "MASTHEAD_TEST_ORDERS",
)
for name in [name for name in os.environ if name.startswith("MASTHEAD_") and name not in _KEPT]:
    del os.environ[name]
os.environ["MASTHEAD_DATA"] = str(_DATA)
os.environ["MASTHEAD_CACHE"] = str(_DATA / "cache")
os.environ["MASTHEAD_HOSTS"] = "*"
os.environ["MASTHEAD_DATABASE"] = DATABASE
os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
(_DATA / "incoming").mkdir()
