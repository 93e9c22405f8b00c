"""The addresses of the house for visitors and readers; those of the service come first, publications last."""

from __future__ import annotations

from django.urls import path

from masthead.site import reading, service, surroundings, visiting

_EDITION = "<slug:publication>/<slug:slug>"

urlpatterns = [
    path("health", service.health, name="health"),
    path("ready", service.ready, name="ready"),
    path("metrics", service.metrics, name="metrics"),
    path("version", service.version, name="version"),
    path("robots.txt", service.robots, name="robots"),
    path("favicon.svg", surroundings.icon, name="icon"),
    path("favicon.ico", surroundings.no_icon, name="old-icon"),
    path("reader/<path:path>", surroundings.reader_file, name="reader-file"),
    path("", visiting.home, name="home"),
    path("<slug:publication>/", visiting.publication, name="publication"),
    path("<slug:publication>/current", visiting.current, name="current"),
    path(f"{_EDITION}/", reading.edition, name="edition"),
    path(f"{_EDITION}/page/<int:number>", reading.page, name="edition-page"),
    path(f"{_EDITION}/article/<str:article>", reading.article, name="edition-article"),
    path(f"{_EDITION}/articles", reading.all_articles, name="edition-articles"),
    path(f"{_EDITION}/pages", reading.all_pages, name="edition-pages"),
    path(
        f"{_EDITION}/b/<slug:build>/tiles/<int:page>/<int:width>/<int:column>/<int:row>.webp",
        reading.tile,
        name="edition-tile",
    ),
    path(f"{_EDITION}/b/<slug:build>/<path:path>", reading.build_file, name="edition-file"),
]
