"""Editions as files carry what lies on their pages: the file for the reader, its files, shut-off documents."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator
from tests.architecture.files import ROOT
from tests.editions import write_edition

from masthead.document.overlays import Area, Laid, LinkChange, Overlay, OverlayKind
from masthead.exports.static.edition_site import write_edition_site
from masthead.exports.static.place import Place

HERE = Area(0.1, 0.1, 0.2, 0.2)
NAME = f"{'a' * 32}.webp"
PICTURE = {"file": NAME, "alt": "A lamp", "width": 8, "height": 6}


def laid() -> Laid:
    gallery = Overlay("one", OverlayKind.GALLERY, 1, HERE, "Lamps", {"pictures": [PICTURE]})
    document = Overlay("two", OverlayKind.HTML, 2, HERE, "Turn it", {"html": "<b>x</b>"})
    return Laid((gallery, document), (LinkChange(1, "page", "1", "Begin", "2"),), "v1")


def test_what_lies_on_pages_goes_with_the_files(tmp_path: Path) -> None:
    picture = tmp_path / "kept.webp"
    picture.write_bytes(b"RIFF")
    edition = write_edition(tmp_path / "edition")
    site = tmp_path / "site"
    write_edition_site(
        edition, Place(site, laid=laid(), laid_file=lambda name: picture if name == NAME else None), "en"
    )
    told = json.loads((site / "overlays.json").read_text())
    schema = json.loads((ROOT / "src/masthead/edition/schema/overlays-1.json").read_text())
    Draft202012Validator(schema).validate(told)
    for address in (told["overlays"][0]["pictures"][0]["src"], told["overlays"][1]["address"]):
        assert (site / address).is_file(), "relative to the file that names it"
    page = (site / "page/1/index.html").read_text()
    assert 'overlays="../../overlays.json"' in page
    assert f'src="../../overlays/files/{NAME}"' in page
    assert '<a href="../../page/2/">Begin</a>' in page
    content = (site / "overlays/two/content.html").read_text()
    assert "default-src &#39;none&#39;" in content, "it shuts itself off where no server does"
    assert 'href="../../overlays/two/content.html"' in (site / "page/2/index.html").read_text()


def test_an_edition_without_them_is_as_it_was(tmp_path: Path) -> None:
    write_edition_site(write_edition(tmp_path / "edition"), Place(tmp_path / "site"), "en")
    assert not (tmp_path / "site/overlays.json").exists()
    assert "overlays" not in (tmp_path / "site/page/1/index.html").read_text()
