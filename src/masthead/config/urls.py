"""All addresses of the house: which face answers where."""

from __future__ import annotations

from django.urls import include, path, re_path

from masthead.faces.assets_view import asset

urlpatterns = [
    re_path(r"^assets/(?P<stem>[a-z-]+)\.(?P<version>[0-9a-f]{12})\.(?P<ending>css|js)$", asset, name="asset"),
    path("api/", include("masthead.api.urls")),
    path("account/", include("allauth.urls")),
    path("", include("masthead.backoffice.urls")),
    path("", include("masthead.site.house_urls")),
]
handler400 = "masthead.site.surroundings.bad_request"
handler403 = "masthead.site.surroundings.forbidden"
handler404 = "masthead.site.surroundings.not_found"
handler500 = "masthead.site.surroundings.failed"
