"""The WSGI application of the house; called once in each process that answers requests."""

from __future__ import annotations

import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.template import engines
from django.urls import reverse

from masthead.config.logs import set_up
from masthead.config.settings import load_settings
from masthead.exports.templates import templates_of


def make_application() -> WSGIHandler:
    """The application for the settings in the environment, ready to answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.config.house_settings")
    set_up(load_settings())
    django.setup(set_prefix=False)
    application = WSGIHandler()
    _warm_up()
    return application


def _warm_up() -> None:
    """Import what addresses lead to and compile the pages that readers ask for.

    Else the first readers of a process that was started again would wait for it, two seconds on a machine at rest.
    """
    reverse("health")
    for template in ("page.html", "article.html", "pages.html"):
        templates_of("masthead.exports.frame").get_template(template)
    for template in ("site/home.html", "site/publication.html", "site/search.html"):
        engines["jinja2"].get_template(template)
