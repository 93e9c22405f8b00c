"""What programs do to the pages of an edition: overlays, links, text and its corrections, as the back office would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.api.calling import Program, program
from tests.cast import Cast
from tests.corrected import TITLES, convert_waiting, converted_edition, issue_pdf
from tests.production.links.test_links import SHOP, with_links
from tests.production.overlays.laying import MP3, edition_with_words, png

from masthead.accounts.selectors import LogEntry
from masthead.document.corrections import PagePiece
from masthead.document.structure import PageShape, SourceReport
from masthead.document.template import TemplateRule as Rule
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.orders.services import product_create
from masthead.production.checking import check_now
from masthead.production.errors import CorrectionInvalidError
from masthead.production.models import Arrival, TemplateRule
from masthead.production.page_order import PageOrder
from masthead.production.templates import template_learn

AREA = {"x": 0.1, "y": 0.1, "width": 0.4, "height": 0.2}


@pytest.fixture
def call(cast: Cast) -> Program:
    return program(cast)


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    made = edition_with_words(cast, data)
    assert made.build is not None
    with_links(data / made.build.folder, {1: [SHOP]})
    return edition_publish(by=cast.owner, edition=made)


def at(edition: Edition, part: str) -> str:
    return f"editions/{edition.pk}/{part}"


def overlay(**content: Any) -> dict[str, Any]:
    return {"page": 1, "area": AREA, "title": "More of it", "content": content}


def test_an_overlay_is_laid_read_changed_moved_and_taken_back(call: Program, edition: Edition) -> None:
    home = at(edition, "overlays")
    said = overlay(kind="link", address="https://fathom.example/tides")
    made = call("POST", home, said)
    assert made.status_code == 201, made.content
    told = made.json()
    assert {name: told[name] for name in said} == said
    page = Client().get("/fathom/no-1/page/1").content
    assert b"https://fathom.example/tides" in page
    place = f"{home}/{told['id']}"
    tag = call("GET", place)["ETag"]
    changed = call("PUT", place, overlay(kind="link", address="tel:+4755"), If_Match=tag)
    assert changed.json()["content"] == {"kind": "link", "address": "tel:+4755"}
    assert call("PUT", place, said, If_Match=tag).status_code == 412
    moved = call("PATCH", place, {"page": 2, "area": {**AREA, "x": 0.5}}).json()
    assert (moved["page"], moved["area"]["x"]) == (2, 0.5)
    assert [row["id"] for row in call.told(f"{home}?page=2")["items"]] == [told["id"]]
    assert call.told(f"{home}?page=1")["items"] == []
    assert call("DELETE", place).status_code == 204
    assert call("GET", place).status_code == 404
    assert call("POST", f"{home}/undo").json() == {"overlay": told["id"]}
    assert call.told(place)["page"] == 2
    assert call("POST", f"{home}/redo").json() == {"overlay": told["id"]}
    assert call.told(home)["items"] == []
    assert LogEntry.objects.filter(user_name="Olga (Newsroom)", action="overlay.create").exists()


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (overlay(kind="link", address="javascript:alert(1)"), "overlay_address", "content.address"),
        (overlay(kind="page", target=9), "overlay_page", "content.target"),
        (overlay(kind="video", address="https://films.example/1"), "overlay_video", "content.address"),
        (overlay(kind="audio", file="none.mp3"), "overlay_empty", "content.file"),
        (overlay(kind="form", form="none"), "overlay_empty", "content.form"),
        ({**overlay(kind="page", target=2), "page": 9}, "overlay_area", "area"),
        ({**overlay(kind="page", target=2), "title": "  "}, "overlay_title", "title"),
        (overlay(kind="magic"), "fields_invalid", "content"),
        (overlay(kind="link", address="https://a.example/", colour="red"), "fields_invalid", "content.link.colour"),
    ],
)
def test_what_cannot_be_laid_is_refused_at_its_field(
    call: Program, edition: Edition, said: dict[str, Any], code: str, field: str
) -> None:
    answer = call("POST", at(edition, "overlays"), said)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.content
    assert answer.json()["errors"][0]["field"].endswith(field), answer.content
    assert call.told(at(edition, "overlays"))["items"] == []


def test_overlays_of_every_kind_come_back_as_they_were_sent(cast: Cast, call: Program, edition: Edition) -> None:
    files = at(edition, "overlay_files")

    def sent(content: bytes, kind: str) -> str:
        answer = call.send_file(f"/api/v1/{files}", content, kind=kind)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["name"])

    picture, sound = sent(png().read(), "picture"), sent(MP3, "audio")
    refused = call.send_file(f"/api/v1/{files}", b"%PDF-1.7", kind="picture")
    assert (refused.status_code, refused.json()["code"]) == (422, "overlay_file")
    assert {row["name"] for row in call.told(files)["items"]} == {picture, sound}
    had = call("GET", f"{files}/{sound}", Range="bytes=0-9")
    assert (had.status_code, had["Content-Type"], b"".join(had.streaming_content)) == (206, "audio/mpeg", MP3[:10])
    for missing in ("0" * 32 + ".mp3", "..%2Fmanifest.json", sound.replace("mp3", "mp4")):
        assert call("GET", f"{files}/{missing}").status_code == 404, missing
    shown = {"file": picture, "alt": "The harbour at noon", "caption": ""}
    for content in (
        {"kind": "page", "target": 3},
        {"kind": "audio", "file": sound, "transcript": "Waves."},
        {"kind": "gallery", "pictures": [shown]},
        {"kind": "popup", "text": "Twice a day", "picture": shown},
        {"kind": "html", "html": "<p>Own</p>"},
    ):
        made = call("POST", at(edition, "overlays"), overlay(**content))
        assert made.status_code == 201, made.content
        assert made.json()["content"] == content
    film = {"kind": "video", "address": "https://youtu.be/abcdefghijk"}
    kept = call("POST", at(edition, "overlays"), overlay(**film)).json()
    assert kept["content"]["address"] == "https://www.youtube.com/watch?v=abcdefghijk"
    again = call("PUT", f"{at(edition, 'overlays')}/{kept['id']}", {**overlay(), "content": kept["content"]})
    assert again.json()["content"] == kept["content"]
    other = call("PUT", f"{at(edition, 'overlays')}/{kept['id']}", overlay(kind="page", target=2))
    assert (other.status_code, other.json()["code"]) == (422, "overlay_invalid")


def test_products_whose_codes_are_printed_are_laid_in_one_sweep(cast: Cast, call: Program, edition: Edition) -> None:
    said = {"code": "4711", "name": "Lantern", "price": "24.50", "currency": "EUR"}
    product_create(by=cast.owner, publication=cast.fathom, said=said)
    (found,) = call.told(at(edition, "proposals"))
    assert (found["page"], found["code"], found["price"]) == (3, "4711", "24.50")
    laid = call("POST", at(edition, "proposals"), {"places": [found["place"], "none"]}).json()["items"]
    assert laid[0]["content"]["code"] == "4711"
    assert call.told(at(edition, "proposals")) == []


def test_links_are_led_elsewhere_switched_off_and_asked(call: Program, edition: Edition) -> None:
    home = at(edition, "links")
    call("POST", at(edition, "overlays"), overlay(kind="link", address="https://tides.example/"))
    told = call.told(home)
    (link, laid) = told["items"]
    assert (link["target"], link["to"], link["state"], told["asked_at"]) == (SHOP.target, SHOP.target, "", None)
    assert (laid["kind"], laid["to"]) == ("overlay", "https://tides.example/")
    assert call("POST", f"{home}/check").json() == {"addresses": 2}
    assert call.told(home)["waiting"] == 2
    place = f"{home}/{link['id']}"
    assert call("PUT", place, {"to": "https://new.example/"}).json()["to"] == "https://new.example/"
    assert b"https://new.example/" in Client().get("/fathom/no-1/page/1").content
    assert call.told(f"{home}?state=changed")["items"][0]["id"] == link["id"]
    assert call("PUT", place, {"to": ""}).json()["to"] == ""
    assert SHOP.target.encode() not in Client().get("/fathom/no-1/page/1").content
    refused = call("PUT", place, {"to": "javascript:alert(1)"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "to")
    assert call("PUT", place, {"to": None}).json()["is_changed"] is False
    assert call("PUT", f"{home}/{laid['id']}", {"to": ""}).status_code == 404


@pytest.fixture
def converted(cast: Cast, data: Path) -> Edition:
    return converted_edition(cast, data)


def test_text_is_corrected_applied_and_taken_back(call: Program, converted: Edition) -> None:
    articles = call.told(at(converted, "articles?limit=2"))
    assert [row["title"] for row in articles["items"]] == list(TITLES[:2])
    assert call.told(at(converted, f"articles?limit=2&cursor={articles['next']}"))["items"][0]["title"] == TITLES[2]
    whole = call.told(at(converted, "articles/a1"))
    blocks = {block["text"]: block for block in whole["blocks"]}
    (paragraph,) = [block for text, block in blocks.items() if "wrote his journal" in text]
    byline = blocks["By Ann Lee"]
    figure = whole["figures"][0]["id"]
    changes = [
        {"kind": "article_words", "article": "a1", "title": "The warden of the light"},
        {"kind": "block_text", "block": paragraph["id"], "text": paragraph["text"].replace("journal", "diary")},
        {"kind": "block_role", "block": byline["id"], "role": "caption"},
        {"kind": "figure_words", "figure": figure, "alternative": "A lighthouse at night"},
        {"kind": "page_label", "page": 1, "label": "i"},
        {"kind": "edition_words", "title": "Fathom, first"},
    ]
    made = call("POST", at(converted, "corrections"), {"changes": changes})
    assert made.status_code == 201, made.content
    assert [row["kind"] for row in made.json()["items"]] == [one["kind"] for one in changes]
    page = call.told(at(converted, "pages/1"))
    assert page["label"] == "i"
    assert any("diary" in block["text"] for block in page["blocks"])
    assert {block["role"] for block in page["blocks"] if block["text"] == "By Ann Lee"} == {"caption"}
    ledger = call.told(at(converted, "corrections"))
    assert (ledger["waiting"], len(ledger["items"])) == (6, 6)
    label = next(row for row in ledger["items"] if row["kind"] == "page_label")
    place = at(converted, f"corrections/{label['id']}")
    assert call("DELETE", place).status_code == 204
    assert call.told(at(converted, "pages/1"))["label"] == "1"
    assert call("POST", f"{place}/restore").json()["undone_at"] is None
    started = call("POST", at(converted, "corrections/apply"))
    assert (started.status_code, started.json()["state"]) == (201, "waiting")
    convert_waiting()
    assert call.told(at(converted, "corrections"))["waiting"] == 0
    assert call.told(at(converted, "figures?state=undescribed"))["items"] == []
    assert call.told(at(converted, "figures"))["items"][0]["alternative"] == "A lighthouse at night"


def test_a_change_that_cannot_be_made_makes_none(call: Program, converted: Edition) -> None:
    paragraph = call.told(at(converted, "articles/a1"))["blocks"][2]["id"]
    fine = {"kind": "article_words", "article": "a1", "title": "Another"}
    for wrong, code in (
        ({"kind": "block_text", "block": "p9-b9", "text": "x"}, "correction_invalid"),
        ({"kind": "block_text", "block": paragraph, "text": " "}, "text_missing"),
        ({"kind": "block_role", "block": paragraph, "role": "table"}, "correction_invalid"),
        ({"kind": "page_label", "page": 99, "label": "x"}, "correction_invalid"),
        ({"kind": "article_merge", "article": "a1", "into": "a99"}, "correction_invalid"),
        ({"kind": "block_order", "page": 2, "blocks": [paragraph]}, "correction_invalid"),
    ):
        answer = call("POST", at(converted, "corrections"), {"changes": [fine, wrong]})
        assert (answer.status_code, answer.json()["code"]) == (422, code), wrong
    assert call.told(at(converted, "corrections"))["items"] == []


def test_articles_are_divided_joined_and_made(call: Program, converted: Edition) -> None:
    def change(**said: Any) -> None:
        answer = call("POST", at(converted, "corrections"), {"changes": [said]})
        assert answer.status_code == 201, answer.content

    def titles() -> list[str]:
        return [row["title"] for row in call.told(at(converted, "articles"))["items"]]

    last = call.told(at(converted, "articles/a1"))["blocks"][-1]
    change(kind="article_split", block=last["id"])
    assert len(titles()) == 5
    pieces = call.told(at(converted, "articles"))["items"]
    change(kind="article_merge", article=pieces[1]["id"], into=pieces[0]["id"])
    assert len(titles()) == 4
    block = next(row for row in call.told(at(converted, "pages/2"))["blocks"] if "bread" in row["text"])
    change(kind="article_new", blocks=[block["id"]], title="Bread and oil")
    assert "Bread and oil" in titles()
    change(kind="block_article", blocks=[block["id"]], article=None)
    assert "Bread and oil" not in titles()
    change(kind="block_hidden", blocks=[block["id"]])
    rows = [row for row in call.told(at(converted, "pages/2"))["blocks"] if row["id"] == block["id"]]
    assert rows[0]["role"] == "advertisement"


def test_contents_are_written_and_made_of_articles(call: Program, converted: Edition) -> None:
    home = at(converted, "contents")
    lines = [{"title": "The light", "page": 1, "level": 1}, {"title": "Its keeper", "page": 1, "level": 2}]
    tag = call("GET", home)["ETag"]
    assert call("PUT", home, {"lines": lines}, If_Match=tag).json() == {"lines": lines}
    assert call.told(home) == {"lines": lines}
    assert call("PUT", home, {"lines": []}, If_Match=tag).status_code == 412
    far = call("PUT", home, {"lines": [{"title": "Far", "page": 99}]})
    assert (far.status_code, far.json()["code"]) == (422, "correction_invalid")
    made = call("POST", f"{home}/from_articles").json()["lines"]
    assert [line["title"] for line in made] == list(TITLES)


def test_pages_are_moved_left_out_brought_back_split_and_replaced(
    cast: Cast, call: Program, converted: Edition, tmp_path: Path
) -> None:
    home = at(converted, "arrangement")
    told = call.told(home)
    plain = {"half": "", "inserted": "", "can_split": False}
    assert told == {"pages": [{"sheet": page, "page": page, **plain} for page in (1, 2, 3, 4)], "left_out": []}
    wanted = [{"sheet": page} for page in (2, 1, 4)]
    changed = call("PUT", home, {"pages": wanted}).json()
    assert [row["sheet"] for row in changed["pages"]] == [2, 1, 4]
    assert changed["left_out"] == [{"sheet": 3, "page": 3, **plain}]
    (row,) = call.told(at(converted, "corrections"))["items"]
    assert (row["kind"], row["before"], row["after"]) == ("page_arrangement", "1 2 3 4", "2 1 4")
    for wrong in (
        [{"sheet": 5}],  # the PDF has none
        [{"sheet": 1}, {"sheet": 1}],
        [{"sheet": 1, "half": "first"}],  # it is not wide
        [{"sheet": 1, "inserted": "0" * 64}],  # nobody has handed it over for this edition
    ):
        refused = call("PUT", home, {"pages": wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "correction_invalid"), wrong
    upload = call.send_file("/api/v1/uploads", issue_pdf(tmp_path / "other.pdf", ("A page put in",)).read_bytes())
    replacement = {"upload": upload.json()["id"]}
    assert call("POST", f"{home}/3/replace", replacement).status_code == 409  # it was not looked at yet
    check_now(Arrival.objects.get())
    assert call("POST", f"{home}/4/replace", replacement).status_code == 404
    replaced = call("POST", f"{home}/3/replace", replacement).json()
    put_in = replaced["pages"][2]
    assert (put_in["sheet"], len(put_in["inserted"]), put_in["page"]) == (1, 64, None)
    assert call("POST", f"{home}/3/replace", replacement).status_code == 409  # it was used
    back = [{"sheet": 3}, {"sheet": 2}, {"sheet": 1, "inserted": put_in["inserted"]}]
    assert call("PUT", home, {"pages": back}).status_code == 200
    assert call("POST", at(converted, "corrections/apply")).status_code == 201
    convert_waiting()
    texts = [
        " ".join(block["text"] for block in call.told(at(converted, f"pages/{page}"))["blocks"]) for page in (1, 2, 3)
    ]
    assert [words in text for words, text in zip((TITLES[2], TITLES[1], "A page put in"), texts, strict=True)] == [
        True
    ] * 3
    assert [(row["page"], row["inserted"] != "") for row in call.told(home)["pages"]] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_a_wide_page_becomes_two() -> None:
    shapes = tuple(PageShape(number, "", width, 500, 0) for number, width in ((1, 400), (2, 900)))
    wide = SourceReport("0" * 64, 1, shapes, "", "", "en", False, False, False, False, ())
    one, two = PagePiece(1), PagePiece(2)
    order = PageOrder(wide, (one, two), (one, two), (one, two))
    halves = [PagePiece(2, "first"), PagePiece(2, "second")]
    order.check([one, *halves])
    for wrong in ([one, two, halves[0]], [PagePiece(1, "first")], []):
        with pytest.raises(CorrectionInvalidError):
            order.check(wrong)


def test_accessibility_is_reported_and_stated_and_the_template_told(
    cast: Cast, call: Program, converted: Edition
) -> None:
    report = call.told(at(converted, "accessibility"))
    failing = {row["check"]: row for row in report["findings"] if not row["has_passed"]}
    assert 0 < report["score"] < 100
    assert failing["pictures"]["spots"][0]["page"] == 1
    home = f"publications/{cast.fathom.pk}/accessibility_statement"
    silent = call("PUT", home, {"is_public": True})
    assert (silent.status_code, silent.json()["code"]) == (422, "fields_invalid")
    said = {"is_public": True, "conformance": "partial", "feedback_email": "access@harbour.example"}
    assert call("PUT", home, said).json()["conformance"] == "partial"
    assert b"access@harbour.example" in Client().get("/fathom/accessibility").content
    template_learn(edition_id=converted.pk, rules=[Rule("heading", "top", font="Futura", size=18.0, level=1)])
    template = f"publications/{cast.fathom.pk}/template"
    (rule,) = call.told(template)
    assert (rule["font"], rule["size"], rule["is_on"]) == ("Futura", 18.0, True)
    assert call("PATCH", f"{template}/{rule['id']}", {"is_on": False}).json()["is_on"] is False
    assert call("DELETE", f"{template}/{rule['id']}").status_code == 204
    assert not TemplateRule.objects.exists()


def test_who_may_not_edit_sees_none_of_it(cast: Cast, edition: Edition) -> None:
    narrow = program(cast, scopes=["editions:write"])
    for part in ("overlays", "links", "articles", "corrections", "contents", "accessibility"):
        answer = narrow("GET", at(edition, part))
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing"), part
