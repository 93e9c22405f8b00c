"""Django's settings and the WSGI application for one edition folder: no database, no sessions, no cookies."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import django
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler

from masthead.config.settings import Settings, load_settings
from masthead.site.source import EditionSource, FolderSource

FOLDER_VARIABLE = "MASTHEAD_SERVED_FOLDER"


def django_settings_of(settings: Settings, source: EditionSource) -> dict[str, Any]:
    """What Django needs to know to serve one edition."""
    return {
        "DEBUG": False,
        "SECRET_KEY": secrets.token_hex(32),  # nothing is signed with it that outlives the process
        "ALLOWED_HOSTS": ["*"],  # an edition folder is public; links are built from the host only for previews
        "ROOT_URLCONF": "masthead.site.urls",
        "MIDDLEWARE": [
            "masthead.faces.middleware.lengths",
            "masthead.faces.middleware.security_headers",
            "masthead.faces.middleware.RequestIds",
        ],
        "INSTALLED_APPS": [],
        "DATABASES": {},
        "USE_TZ": True,
        "USE_I18N": False,
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"stderr": {"class": "logging.StreamHandler"}},
            "root": {"handlers": ["stderr"], "level": settings.log_level.upper()},
            "loggers": {"django.request": {"level": "ERROR"}},
        },
        "SERVES": "edition",
        "MASTHEAD": settings,
        "EDITION_SOURCE": source,
    }


def make_application() -> WSGIHandler:
    """The application for the folder that the environment names; called once in each server process."""
    settings = load_settings()
    source = FolderSource(Path(os.environ[FOLDER_VARIABLE]), settings.cache, settings.tile_cache_mb << 20)
    django_settings.configure(**django_settings_of(settings, source))
    django.setup(set_prefix=False)
    return WSGIHandler()
