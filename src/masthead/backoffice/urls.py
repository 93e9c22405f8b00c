"""The addresses of the back office."""

from __future__ import annotations

from django.urls import path

from masthead.backoffice import arriving, builds, deleting, editions, handing_over, houses, setting_up, transfers

_EDITION = "office/editions/<slug:edition>"
_CONVERSION = f"{_EDITION}/conversions/<slug:conversion>"

urlpatterns = [
    path("setup/<str:token>", setting_up.set_up, name="set-up"),
    path("office/", houses.office, name="office"),
    path("office/houses/<slug:house>/", houses.house, name="house"),
    path("office/houses/<slug:house>/publications/new", houses.new_publication, name="new-publication"),
    path("office/publications/<slug:publication>/", houses.publication, name="office-publication"),
    path("office/publications/<slug:publication>/editions/new", handing_over.new_edition, name="new-edition"),
    path(f"{_EDITION}/", editions.edition, name="office-edition"),
    path(f"{_EDITION}/progress", editions.progress, name="edition-progress"),
    path(f"{_EDITION}/publish", editions.publish, name="edition-publish"),
    path(f"{_EDITION}/withdraw", editions.withdraw, name="edition-withdraw"),
    path(f"{_EDITION}/schedule", editions.schedule, name="edition-schedule"),
    path(f"{_EDITION}/unschedule", editions.unschedule, name="edition-unschedule"),
    path(f"{_CONVERSION}/cancel", editions.cancel, name="conversion-cancel"),
    path(f"{_CONVERSION}/retry", editions.retry, name="conversion-retry"),
    path("office/houses/<slug:house>/arrivals", transfers.arrivals, name="arrivals"),
    path("office/arrivals/<slug:arrival>", transfers.arrival, name="arrival"),
    path("office/arrivals/<slug:arrival>/row", arriving.row, name="arrival-row"),
    path("office/arrivals/<slug:arrival>/verdict", arriving.verdict, name="arrival-verdict"),
    path("office/arrivals/<slug:arrival>/remove", arriving.remove, name="arrival-remove"),
    path("office/arrivals/<slug:arrival>/unlock", arriving.unlock, name="arrival-unlock"),
    path("office/houses/<slug:house>/upload", arriving.upload, name="upload"),
    path("office/houses/<slug:house>/upload/template", arriving.sheet_template, name="upload-template"),
    path("office/houses/<slug:house>/upload/sheet", arriving.sheet, name="upload-sheet"),
    path("office/houses/<slug:house>/upload/start", arriving.start, name="upload-start"),
    path(f"{_EDITION}/replace", handing_over.replace, name="edition-replace"),
    path(f"{_EDITION}/builds/", builds.builds, name="edition-builds"),
    path(f"{_EDITION}/builds/<slug:build>/choose", builds.choose, name="build-choose"),
    path(f"{_EDITION}/builds/<slug:build>/remove", builds.remove, name="build-remove"),
    path(f"{_EDITION}/convert", builds.convert, name="edition-convert"),
    path(f"{_EDITION}/delete", deleting.delete_edition, name="edition-delete"),
    path(f"{_EDITION}/restore", deleting.restore_edition, name="edition-restore"),
    path("office/publications/<slug:publication>/delete", deleting.delete_publication, name="publication-delete"),
    path("office/publications/<slug:publication>/restore", deleting.restore_publication, name="publication-restore"),
    path("office/houses/<slug:house>/deleted", deleting.deleted, name="deleted"),
]
