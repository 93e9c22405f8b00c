"""What was read from PDFs lies in the storage too: any machine corrects what another one has converted."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import ON_A_SERVER, Cast, signed_in
from tests.pdfs import story_pdf
from tests.production.test_claiming import handed_over
from tests.storage import Bucket, another_machine

from masthead.document.corrections import BlockText
from masthead.edition.correcting.places import block_place
from masthead.library.build_folders import place_here
from masthead.library.builds import build_list
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.production.claiming import claim
from masthead.production.conversion import convert
from masthead.production.corrections import Told, corrections_add, corrections_apply, working_copy
from masthead.production.errors import NotKeptError
from masthead.production.models import Conversion
from masthead.production.rebuilding import build_forget
from masthead.production.sweeping import sweep

pytestmark = pytest.mark.django_db(transaction=ON_A_SERVER)


def go_on() -> Conversion:
    held = claim("me", timezone.now())
    assert held is not None
    convert(held, "me", threading.Event())
    return Conversion.objects.get(pk=held.pk)


def converted(cast: Cast, pdf: Path) -> Conversion:
    handed_over(cast, pdf)
    return go_on()


def test_another_machine_corrects_what_one_has_converted(
    cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any
) -> None:
    done = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=2))
    first = f"{done.folder}.reading"
    edition = edition_publish(by=cast.owner, edition=Edition.objects.get(pk=done.edition_id))

    another_machine(settings, tmp_path / "second")
    block = next(one for one in working_copy(edition).reading.text.blocks[1] if "Harbour" in one.text)
    change = BlockText(block_place(block), block.text, block.text.replace("Harbour", "Haven"))
    corrections_add(by=cast.editor, edition=edition, changes=[Told(change, "a word")])
    corrections_apply(by=cast.editor, edition=edition)

    another_machine(settings, tmp_path / "third")
    assert go_on().state == "done"
    edition = Edition.objects.get(pk=edition.pk)
    assert edition.build is not None
    assert b"Haven" in signed_in(None).get(f"/fathom/{edition.slug}/").content
    again = f"{edition.build.folder}.reading"
    assert {first, again} <= set(bucket.keys("editions/"))
    assert place_here(again).is_file()

    build_forget(by=cast.owner, build=build_list(edition).get(pk=done.build_id))
    assert first not in bucket.keys("editions/")
    bucket.remove(again)
    another_machine(settings, tmp_path / "fourth")
    with pytest.raises(NotKeptError):
        working_copy(edition)
    bucket.put(again, b"something else")
    with pytest.raises(NotKeptError):
        working_copy(edition)


def test_room_is_made_of_what_was_read_too(cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any) -> None:
    done = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=1))
    reading = place_here(f"{done.folder}.reading")
    assert reading.is_file()
    os.utime(place_here(done.folder), (0, 0))
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"copies_mb": 0})
    assert sweep() == 1
    assert not reading.exists()
    assert working_copy(Edition.objects.get(pk=done.edition_id)).reading.text.blocks
