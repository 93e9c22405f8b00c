"""What staff do every day: find and change editions, hand them on, set how they are read, brand, and read the log."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests.cast import Cast, ready_edition, signed_in
from tests.editions import article_entry

from masthead.access.proof_links import ProofLink, proof_link_create, token_of
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry, history
from masthead.command.house_sites import edition_site_write, open_site_write
from masthead.library.branding import branding_change, domain_change
from masthead.library.inheriting import Origin, found, setting_of
from masthead.library.particulars import edition_settings_change, publication_settings_change
from masthead.library.selectors import Edition, Publication
from masthead.library.services import edition_publish
from masthead.library.shelving import category_create
from masthead.library.states import State
from masthead.orders.asking import asked_change

FORMULA = "=HYPERLINK(1)"


def test_the_table_finds_filters_and_exports(cast: Cast, data: Path) -> None:
    ready_edition(cast, data, "Winter"), ready_edition(cast, data, FORMULA)
    client, table = signed_in(cast.editor), "/office/houses/harbour-press/editions"
    assert b"2 editions" in client.get(table).content
    page = client.get(table, {"words": "winter", "state": "ready", "year": "2026"}).content
    assert b"1 edition" in page
    assert b"Winter" in page
    assert b"No edition fits" in client.get(table, {"year": "1999"}).content
    for odd in ("0000", "²", "9" * 40):
        assert client.get(table, {"year": odd, "page": odd, "order": odd}).status_code == 200
    answer = client.get(f"{table}.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [f"'{FORMULA}", "Winter"]


def test_many_are_changed_after_a_question_and_only_those_that_can_be(cast: Cast, data: Path) -> None:
    first, second = ready_edition(cast, data, "First"), ready_edition(cast, data, "Second")
    edition_publish(by=cast.owner, edition=second)
    said = {"edition": [first.pk, second.pk], "deed": "publish"}
    client, change = signed_in(cast.editor), "/office/houses/harbour-press/editions/change"
    asked = client.post(change, said).content
    assert b"Yes, 1 edition" in asked
    assert Edition.objects.get(pk=first.pk).state == State.READY
    assert b"1 of 2 editions changed." in client.post(change, {**said, "sure": "yes"}, follow=True).content
    assert Edition.objects.get(pk=first.pk).state == State.LIVE
    special = category_create(by=cast.owner, publisher=cast.harbour, name="Special")
    client.post(change, {**said, "deed": f"add_category:{special.pk}", "sure": "yes"})
    assert special.editions.count() == 2
    assert signed_in(cast.shop).post(change, {**said, "deed": "withdraw", "sure": "yes"}).status_code == 403
    assert Edition.objects.filter(state=State.LIVE).count() == 2
    assert signed_in(cast.outsider).post("/office/houses/other-house/editions/change", {**said, "sure": "yes"})
    assert client.post(change, {**said, "deed": "explode"}).status_code == 404


def test_many_get_a_time_on_a_clock_and_what_was_typed_wrong_is_said(cast: Cast, data: Path) -> None:
    first, second, live = (ready_edition(cast, data, label) for label in ("First", "Second", "Live"))
    edition_publish(by=cast.owner, edition=live)
    client, change = signed_in(cast.editor), "/office/houses/harbour-press/editions/change"
    said = {"edition": [first.pk, second.pk, live.pk], "deed": "schedule"}
    asked = client.post(change, said)
    assert asked.status_code == 200
    assert b"Left as they are" in asked.content
    times = {"sure": "yes", "time_zone": "Europe/Berlin", "publish_at": "2031-01-05T07:30"}
    early = client.post(change, {**said, **times, "publish_at": "2031-02-30T07:30"})
    assert early.status_code == 422
    assert b'value="2031-02-30T07:30"' in early.content
    past = client.post(change, {**said, **times, "publish_at": "2020-01-05T07:30"}, follow=True)
    assert b"0 of 3 editions changed." in past.content
    assert past.content.count(b"Fathom: First") >= 1
    done = client.post(change, {**said, **times}, follow=True)
    assert b"2 of 3 editions changed." in done.content
    assert b"Fathom: Live: The edition is not in a state" in done.content
    for edition in Edition.objects.filter(pk__in=[first.pk, second.pk]):
        assert edition.state == State.SCHEDULED
        assert str(edition.publish_at) == "2031-01-05 06:30:00+00:00"
        assert next(entry.action for entry in history(cast.owner, cast.harbour, edition.pk)) == "edition.schedule"


def test_many_are_deleted_and_come_back_together(cast: Cast, data: Path) -> None:
    first, second = ready_edition(cast, data, "First"), ready_edition(cast, data, "Second")
    client, change = signed_in(cast.editor), "/office/houses/harbour-press/editions/change"
    said = {"edition": [first.pk, second.pk], "deed": "delete"}
    assert b"Delete these editions?" in client.post(change, said).content
    assert Edition.objects.count() == 2
    signed_in(cast.shop).post(change, {**said, "sure": "yes"})
    assert Edition.objects.count() == 2
    after = client.post(change, {**said, "sure": "yes"}, follow=True).content
    assert b"2 of 2 editions changed." in after
    assert b"Restore the 2 editions that were deleted" in after
    assert not Edition.objects.exists()
    assert b"Restore the 2" not in client.get("/office/houses/harbour-press/editions").content
    stranger = signed_in(cast.outsider)
    stranger.post("/office/houses/other-house/editions/change", {**said, "deed": "restore"})
    assert not Edition.objects.exists()
    back = client.post(change, {**said, "deed": "restore"}, follow=True).content
    assert b"2 of 2 editions are back as they were." in back
    assert Edition.objects.count() == 2


def test_a_proof_link_opens_one_edition_until_it_ends_or_is_taken_back(cast: Cast, data: Path) -> None:
    edition, other = ready_edition(cast, data, "No. 1"), ready_edition(cast, data, "No. 2")
    link = proof_link_create(by=cast.editor, edition=edition, name="Printer", days=7)
    stranger, address = Client(raise_request_exception=False), f"/proof/{token_of(link)}"
    assert stranger.get("/fathom/no-1/").status_code == 404
    assert stranger.get(address)["Location"] == "/fathom/no-1/"
    page = stranger.get("/fathom/no-1/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    manifest = stranger.get(f"/fathom/no-1/b/{edition.build.build_id}/manifest.json")
    manifest.close()
    assert manifest.status_code == 200
    assert stranger.get(f"/fathom/{other.slug}/").status_code == 404
    assert Client(raise_request_exception=False).get(f"{address[:-2]}xx").status_code == 409
    assert ProofLink.objects.get().opened == 1
    signed_in(cast.editor).post(f"/office/editions/{edition.pk}/proof/{link.pk}/revoke")
    assert stranger.get("/fathom/no-1/").status_code == 404
    late = proof_link_create(by=cast.editor, edition=edition, name="Late", days=1)
    assert stranger.get(f"/proof/{token_of(late)}").status_code == 302
    ProofLink.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert stranger.get("/fathom/no-1/").status_code == 404
    with pytest.raises(NotAllowedError):
        proof_link_create(by=cast.shop, edition=edition, name="Shop", days=1)


def test_a_proof_link_opens_articles_too(cast: Cast, data: Path) -> None:
    story = '<h2 data-block="p2-b1">Boats</h2>\n<p data-block="p2-b2">They sail.</p>\n'
    edition = ready_edition(cast, data, stories={"a2": story}, articles=[article_entry(2, "Boats")])
    stranger = Client(raise_request_exception=False)
    assert stranger.get("/fathom/no-1/article/boats").status_code == 404
    stranger.get(f"/proof/{token_of(proof_link_create(by=cast.editor, edition=edition, name='Printer', days=7))}")
    assert stranger.get("/fathom/no-1/article/boats").status_code == 200


def test_the_code_and_the_embedding_name_the_public_address(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data, 'No. "1" <b>')
    client, home = signed_in(cast.editor), f"/office/editions/{edition.pk}/"
    assert client.get(f"{home}qr.svg").content.startswith(b"<?xml")
    png = client.get(f"{home}qr.png?download")
    assert Image.open(io.BytesIO(png.content)).size[0] > 400
    assert png["Content-Disposition"].startswith("attachment")
    page = client.get(f"{home}share").content.decode()
    assert "&lt;iframe src=&#34;http://testserver/fathom/" in page
    assert "<b>" not in page


def test_settings_are_inherited_and_the_reader_is_told(cast: Cast, data: Path) -> None:
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    values = {"view": "single", "downloads": "no", "direction": "rtl", "printing": "no", "interface_language": "de"}
    publication_settings_change(by=cast.owner, publication=cast.fathom, values=values)
    edition = Edition.objects.select_related("publication__publisher").get()
    assert found(edition, "view").origin == Origin.PUBLICATION
    edition_settings_change(by=cast.editor, edition=edition, values={"view": "scroll", "read_aloud": "no"})
    edition.refresh_from_db()
    assert (setting_of(edition, "view"), found(edition, "view").inherited) == ("scroll", "single")
    page = Client().get("/fathom/no-1/").content.decode()
    assert '<html lang="de"' in page
    for told in (' view="scroll"', ' direction="rtl"', ' without="print aloud"'):
        assert told in page, told
    assert " source=" not in page
    build = edition.build.build_id if edition.build else ""
    assert Client().get(f"/fathom/no-1/b/{build}/source.pdf").status_code == 404
    form = signed_in(cast.editor).get(f"/office/editions/{edition.pk}/reading").content.decode()
    assert "As the publication has it: One page" in form
    wrong = signed_in(cast.editor).post(f"/office/editions/{edition.pk}/reading", {"view": "sideways"})
    assert wrong.status_code == 422
    signed_in(cast.editor).post(f"/office/editions/{edition.pk}/reading", {"view": ""})
    assert Edition.objects.get().overrides == {}


def test_the_look_shows_in_public_and_faint_colours_are_refused(cast: Cast, data: Path) -> None:
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    client, look = signed_in(cast.owner), f"/office/publications/{cast.fathom.pk}/look"
    faint = client.post(look, {"accent": "#ffcc00", "css": ".head { gap: 0 }"})
    assert faint.status_code == 422
    assert b"Text could not be read in this colour." in faint.content
    assert b"#ffcc00" in faint.content
    fetching = client.post(look, {"accent": "#004488", "css": ".a { background: url(//x) }"})
    assert b"url()" in fetching.content
    assert client.post(look, {"accent": "#004488", "css": ".head { gap: 0 }"}).status_code == 302
    picture = io.BytesIO()
    Image.new("RGB", (900, 300), "#004488").save(picture, "PNG")
    picture.seek(0)
    picture.name = "logo.png"
    assert client.post(f"{look}/logo", {"logo": picture}).status_code == 302
    bad = io.BytesIO(b"<svg/>")
    bad.name = "logo.svg"
    assert client.post(f"{look}/logo", {"logo": bad}).status_code == 422
    for address in ("/fathom/", "/fathom/no-1/", "/fathom/search?q=boats", "/fathom/no-9/"):
        page = Client().get(address).content.decode()
        style = page.split('rel="stylesheet" href="/brand/')[1].split('"')[0]
        assert "branded" in page
        css = Client().get(f"/brand/{style}")
        assert b"#004488" in css.content
        assert b"--accent-wash: light-dark(#d3dde6, #2a2e31)" in css.content, "what is chosen wears it too"
        assert "immutable" in css["Cache-Control"]
        assert f"/brand/{cast.fathom.pk}/" in page
    logo = Publication.objects.get().branding["logo"]
    sites = data.parent / "sites"
    live = Edition.objects.select_related("build", "publication__publisher").get()
    open_site_write(live.publication, [live], sites / "all", base="", said=lambda _: None)
    edition_site_write(live, sites / "one", "de")
    assert (sites / "all/brand" / logo).read_bytes() == Client().get(f"/brand/{live.publication_id}/{logo}").content
    for page, brand in (("all/index.html", "brand/"), ("all/no-1/page/2/index.html", "../../../brand/")):
        html = (sites / page).read_text()
        assert 'class="branded"' in html, page
        assert f'href="{brand}style.css"' in html, page
        assert f'"{brand}{logo}"' in html, page
    alone = (sites / "one/article").parent / "index.html"
    assert 'href="./brand/style.css"' in alone.read_text()
    assert "#004488" in (sites / "one/brand/style.css").read_text()
    assert "annotations=" not in alone.read_text(), "there is no house behind it"
    assert Image.open(io.BytesIO(Client().get(f"/brand/{cast.fathom.pk}/{logo}").content)).size == (720, 240)
    with pytest.raises(NotAllowedError):
        branding_change(by=cast.editor, publication=cast.fathom, fields={"accent": "#000000"})


def test_an_icon_of_its_own_stands_in_the_tab_until_the_logo_makes_it_again(cast: Cast, data: Path) -> None:
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    client, look = signed_in(cast.owner), f"/office/publications/{cast.fathom.pk}/look"

    def picture(name: str, colour: str) -> io.BytesIO:
        made = io.BytesIO()
        Image.new("RGB", (300, 300), colour).save(made, "PNG")
        made.seek(0)
        made.name = f"{name}.png"
        return made

    def colour_of_the_tab() -> tuple[int, ...]:
        page = Client().get("/fathom/no-1/").content.decode()
        address = page.split('rel="icon" href="')[1].split('"')[0]
        pixel = Image.open(io.BytesIO(Client().get(address).content)).convert("RGB").getpixel((90, 90))
        assert isinstance(pixel, tuple)
        return pixel

    client.post(f"{look}/logo", {"logo": picture("logo", "#0000ff")})
    assert colour_of_the_tab() == (0, 0, 255)
    assert client.post(f"{look}/icon", {"icon": picture("icon", "#ff0000")}).status_code == 302
    assert colour_of_the_tab() == (255, 0, 0)
    client.post(f"{look}/logo", {"logo": picture("logo", "#00ff00")})
    assert colour_of_the_tab() == (255, 0, 0)  # another logo leaves it alone
    bad = io.BytesIO(b"<svg/>")
    bad.name = "icon.svg"
    refused = client.post(f"{look}/icon", {"icon": bad})
    assert (refused.status_code, b"This picture cannot be used" in refused.content) == (422, True)
    assert b"Make it of the logo again" in refused.content
    client.post(f"{look}/icon", {"remove": "yes"})
    assert colour_of_the_tab() == (0, 255, 0)
    assert b"Make it of the logo again" not in client.get(look).content


def test_own_words_reach_page_and_reader(cast: Cast, data: Path) -> None:
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    address = f"/office/publications/{cast.fathom.pk}/words?words=en"
    assert signed_in(cast.owner).post(address, {"sentence_13": "Every page <of it>"}).status_code == 302
    page = Client().get("/fathom/no-1/").content.decode()
    assert "Every page &lt;of it&gt;" in page
    strings = page.split(' strings="')[1].split('"')[0]
    assert Client().get(strings).json()["messages"]["All pages"] == "Every page <of it>"


def test_a_domain_answers_with_its_publication(cast: Cast, data: Path, settings: object) -> None:
    from masthead.config.hosts import Hosts

    settings.ALLOWED_HOSTS = Hosts(["testserver"])  # type: ignore[attr-defined]
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    assert Client().get("/", headers={"Host": "read.fathom.example"}).status_code == 400
    domain_change(by=cast.owner, publication=cast.fathom, domain="HTTPS://Read.Fathom.example/")
    page = Client().get("/", headers={"Host": "read.fathom.example"})
    assert b"No. 1" in page.content
    assert Client().get("/", headers={"Host": "other.example"}).status_code == 400


def test_the_log_tells_before_and_after_in_words(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    edition_settings_change(by=cast.editor, edition=edition, values={"view": "scroll"})
    edition_publish(by=cast.owner, edition=edition)
    client, log = signed_in(cast.owner), "/office/houses/harbour-press/log"
    asked_change(
        by=cast.owner, of=cast.fathom, said={"ordering": "yes", "orders_to": "shop@x.example", "phone": "required"}
    )
    page = client.get(log).content.decode()
    told = re.sub(r"<[^>]+>", "", page)
    for words in ("Taking orders: Yes", "Orders go to: shop@x.example", "Phone number: Required"):
        assert words in told
    assert "View at the first visit" in page
    assert "edition.settings" not in page.replace('value="edition.settings"', "")
    german = client.get(f"{log}?lang=de").content.decode()
    assert "Ansicht beim ersten Besuch" in german
    only = client.get(log, {"deed": "edition.publish", "since": "2020-01-01", "until": "not a day"}).content.decode()
    assert only.count("<strong>") == 1
    assert (
        client.get(f"{log}.csv").content.decode().count("\n")
        == LogEntry.objects.filter(publisher=cast.harbour).count() + 1
    )


def test_a_time_that_comes_twice_is_asked_about_and_what_was_typed_is_kept(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    client, address = signed_in(cast.editor), f"/office/editions/{edition.pk}/schedule"
    said = {"publish_at": "2030-10-27T02:30", "time_zone": "Europe/Berlin"}
    twice = client.post(address, said)
    assert twice.status_code == 422
    assert b"2030-10-27T02:30" in twice.content
    assert b"publish_which" in twice.content
    assert client.post(address, {**said, "publish_at": "2030-03-31T02:30"}).status_code == 422
    assert client.post(address, {**said, "publish_which": "second"}).status_code == 302
    assert Edition.objects.get().publish_at.isoformat() == "2030-10-27T01:30:00+00:00"
