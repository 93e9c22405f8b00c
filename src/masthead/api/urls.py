"""The addresses of the face for programs: operations behind the gate, uploads over tus, the document and its page."""

from __future__ import annotations

from django.urls import URLPattern, include, path, re_path

from masthead.api import gate, reference, uploads
from masthead.api.application import api

# The library lists a pattern for each operation, though one view answers all methods of an address.
_OPERATIONS = {
    str(one.pattern): URLPattern(one.pattern, gate.gated(one.callback), one.default_args, f"api-{one.name}")
    for one in api.urls[0]
    if isinstance(one, URLPattern) and one.name != "api-root"
}
_OWN = [
    path("openapi.json", reference.openapi, name="api-openapi"),
    path("reference", reference.page, name="api-reference"),
    path("uploads/tus", gate.gated(uploads.tus_uploads), name="api-tus-uploads"),
    path("uploads/tus/<slug:upload>", gate.gated(uploads.tus_upload), name="api-tus-upload"),
]
v1 = [*_OWN, *_OPERATIONS.values()]
urlpatterns = [path("v1/", include(v1)), re_path(r"^", gate.missing, name="api-missing")]
