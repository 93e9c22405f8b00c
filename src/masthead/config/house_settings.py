"""The module that Django reads its settings from: those of the house, by the environment."""

from __future__ import annotations

from typing import Any

from masthead.config.house import django_settings_of_house
from masthead.config.settings import Settings, load_settings

_house = django_settings_of_house(load_settings())
globals().update(_house)

# Our own, named once more for the type checker.
MASTHEAD: Settings = _house["MASTHEAD"]
SERVES: str = _house["SERVES"]
EDITION_SOURCE: Any = None  # only where one folder is served
