"""The addresses of the back office."""

from __future__ import annotations

from django.urls import path

from masthead.backoffice import editions, houses, setting_up

_EDITION = "office/editions/<slug:edition>"
_CONVERSION = f"{_EDITION}/conversions/<slug:conversion>"

urlpatterns = [
    path("setup/<str:token>", setting_up.set_up, name="set-up"),
    path("office/", houses.office, name="office"),
    path("office/houses/<slug:house>/", houses.house, name="house"),
    path("office/houses/<slug:house>/publications/new", houses.new_publication, name="new-publication"),
    path("office/publications/<slug:publication>/", houses.publication, name="office-publication"),
    path("office/publications/<slug:publication>/editions/new", editions.new_edition, name="new-edition"),
    path(f"{_EDITION}/", editions.edition, name="office-edition"),
    path(f"{_EDITION}/progress", editions.progress, name="edition-progress"),
    path(f"{_EDITION}/publish", editions.publish, name="edition-publish"),
    path(f"{_EDITION}/withdraw", editions.withdraw, name="edition-withdraw"),
    path(f"{_EDITION}/schedule", editions.schedule, name="edition-schedule"),
    path(f"{_EDITION}/unschedule", editions.unschedule, name="edition-unschedule"),
    path(f"{_CONVERSION}/cancel", editions.cancel, name="conversion-cancel"),
    path(f"{_CONVERSION}/retry", editions.retry, name="conversion-retry"),
]
