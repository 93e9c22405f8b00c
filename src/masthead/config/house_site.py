"""The WSGI application of the house; called once in each process that answers requests."""

from __future__ import annotations

import os

import django
from django.core.handlers.wsgi import WSGIHandler

from masthead.config.logs import set_up
from masthead.config.settings import load_settings


def make_application() -> WSGIHandler:
    """The application for the settings in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.config.house_settings")
    set_up(load_settings())
    django.setup(set_prefix=False)
    return WSGIHandler()
