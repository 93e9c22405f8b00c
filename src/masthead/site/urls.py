"""The addresses of an edition that is served on its own."""

from __future__ import annotations

from django.urls import path

from masthead.site import surroundings, views

urlpatterns = [
    path("", views.home, name="home"),
    path("page/<int:number>", views.page, name="page"),
    path("article/<str:slug>", views.article, name="article"),
    path("app.webmanifest", views.app, name="app"),
    path("articles", views.all_articles, name="articles"),
    path("pages", views.all_pages, name="pages"),
    path("b/<slug:build>/tiles/<int:page>/<int:width>/<int:column>/<int:row>.webp", views.tile, name="tile"),
    path("b/<slug:build>/<path:path>", views.build_file, name="build-file"),
    path("reader/<path:path>", surroundings.reader_file, name="reader-file"),
    path("offline.js", surroundings.offline_worker, name="offline-worker"),
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.svg", surroundings.icon, name="icon"),
    path("favicon.ico", surroundings.no_icon, name="old-icon"),
]
handler400 = "masthead.site.surroundings.bad_request"
handler403 = "masthead.site.surroundings.forbidden"
handler404 = "masthead.site.surroundings.not_found"
handler500 = "masthead.site.surroundings.failed"
