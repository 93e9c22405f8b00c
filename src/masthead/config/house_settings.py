"""The module that Django reads its settings from: those of the house, by the environment."""

from __future__ import annotations

from masthead.config.house import django_settings_of_house
from masthead.config.settings import load_settings

globals().update(django_settings_of_house(load_settings()))
