"""The advertiser's register over HTTP: its numbers, who sees them, the report for an advertiser, and what was found."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.backoffice.test_statistics import TODAY, happen
from tests.cast import Cast, signed_in
from tests.production.advertising.placing import ACME, BESIDE, LOWER, WHOLE, advertise, advertised_edition
from tests.production.overlays.laying import lay

from masthead.accounts.rights import Role
from masthead.accounts.services import staff_add, user_create
from masthead.document.overlays import Area, OverlayKind
from masthead.faces.advertised import as_told
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.production.advertising.proposing import found_advertisements
from masthead.production.links.checking import round_begin
from masthead.production.links.found import FoundLink
from masthead.production.links.services import link_lead
from masthead.production.models import LinkCheck
from masthead.production.overlays.selectors import Overlay

HOUSE = "/office/houses/harbour-press/advertisers"


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    made = advertised_edition(cast, data)
    edition_publish(by=cast.owner, edition=made)
    return Edition.objects.select_related("publication__publisher", "build").get(pk=made.pk)


@pytest.fixture
def emil(cast: Cast) -> Client:
    return signed_in(cast.editor)


def home(of: Edition, part: str = "advertisements") -> str:
    return f"/office/editions/{of.pk}/{part}"


def title(cast: Cast, part: str = "advertisements") -> str:
    return f"/office/publications/{cast.fathom.pk}/{part}"


def table(client: Client, address: str) -> list[dict[str, str]]:
    """The lines of a file, without the rules below them."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if len(row) == len(rows[0])]


def names(page: str) -> list[str]:
    """The campaigns of a register in their order."""
    return re.findall(r'<a class="title" href="[^"]*" dir="auto">([^<]*)</a>', page)


def test_seen_time_clicks_and_rate_of_its_page_and_area(cast: Cast, edition: Edition, emil: Client) -> None:
    advertise(cast.editor, edition)
    lay(cast, edition, page=1, area=Area(0.2, 0.7, 0.2, 0.1), address="https://film.example")
    for number in range(4):
        happen(edition, "page", visitor=f"v{number}", page=1, number=15)
    happen(edition, "time", visitor="v1", page=1, number=10)
    happen(edition, "page", visitor="v9", page=2, number=99)
    happen(edition, "link", visitor="v1", page=1, name=ACME)
    happen(edition, "link", visitor="v2", page=1, name="https://film.example/")  # as browsers write it
    happen(edition, "link", visitor="v3", page=1, name=BESIDE)
    happen(edition, "link", visitor="v3", page=2, name=ACME)
    (line,) = table(emil, home(edition, "advertisements.csv"))
    assert (line["Seen"], line["Seconds"], line["Clicks"], line["Click rate in percent"]) == ("4", "70", "2", "50.00")
    assert (line["Advertiser"], line["Campaign"], line["Booking number"]) == ("Acme", "Summer lamps", "A-17")
    assert (line["Publication"], line["Edition"], line["Page"]) == ("Fathom", "No. 1", "1")
    assert line["Links"] == f"{ACME} https://film.example"
    page = emil.get(home(edition)).content.decode()
    for said in ("1 min 10 s", "50.0%", "2 links", "pays late", "Clicks for a hundred times"):
        assert said in page, said


def test_what_was_opened_within_the_edition_counts_too(cast: Cast, edition: Edition, emil: Client) -> None:
    advertise(cast.editor, edition, page=2, area=WHOLE)
    more = lay(cast, edition, OverlayKind.POPUP, page=2, text="<p>Bright</p>")
    lay(cast, edition, OverlayKind.PAGE, page=2, target="1")
    for visitor in ("v1", "v2"):
        happen(edition, "overlay", visitor=visitor, page=2, name=more.pk)
    happen(edition, "overlay", visitor="v1", page=2, name="page:1")
    happen(edition, "overlay", visitor="v1", page=2, name="page:3")  # the link that the PDF has there
    happen(edition, "overlay", visitor="v1", page=1, name="page:3")
    happen(edition, "link", visitor="v2", page=2, name=ACME)
    (line,) = table(emil, home(edition, "advertisements.csv"))
    assert (line["Clicks"], line["Of these within the edition"]) == ("5", "4")
    report = emil.get(f"{HOUSE}?name=Acme").content.decode()
    opened = re.findall(r'<th scope="row">(.*?)</th><td class="number">(\d+)</td>', report)
    assert [(re.sub("<[^>]*>", "", name), number) for name, number in opened] == [
        ("page 3", "1"),  # the words of the link
        ("More of it", "2"),
        ("More of it", "1"),
    ]


def test_clicks_on_a_link_count_before_and_after_it_was_led_elsewhere(
    cast: Cast, edition: Edition, emil: Client
) -> None:
    advertise(cast.editor, edition)
    happen(edition, "link", visitor="a", page=1, name=ACME)
    link_lead(by=cast.editor, edition=edition, link=FoundLink(1, "web", ACME, "acme.example"), to="https://new.example")
    happen(edition, "link", visitor="b", page=1, name="https://new.example/")
    (line,) = table(emil, home(edition, "advertisements.csv"))
    assert (line["Clicks"], line["Seen"], line["Click rate in percent"]) == ("2", "0", "")


@pytest.mark.parametrize(
    ("printed", "followed"),
    [
        ("https://acme.example", "https://acme.example/"),
        ("HTTPS://Acme.Example/Summer", "https://acme.example/Summer"),
        ("https://acme.example:443/a b?q=ä#ö", "https://acme.example/a%20b?q=%C3%A4#%C3%B6"),
        ("http://acme.example:8080/%20", "http://acme.example:8080/%20"),
        ("https://köln.example/", "https://xn--kln-sna.example/"),
        ("mailto:lamps@acme.example", "mailto:lamps@acme.example"),
        ("https://[broken/", "https://[broken/"),
        ("https://acme.example/" + "x" * 400, "https://acme.example/" + "x" * 269),
    ],
)
def test_an_address_is_found_again_as_browsers_write_it(printed: str, followed: str) -> None:
    assert as_told(printed) == followed


def test_a_period_a_filter_and_an_order(cast: Cast, data: Path, edition: Edition, emil: Client) -> None:
    advertise(cast.editor, edition)
    advertise(cast.editor, edition, page=2, title="Ropes", advertiser="Nordhaven")
    other = advertised_edition(cast, data, "No. 2")
    advertise(cast.editor, other, title="Lamps again", advertiser="ACME")
    happen(edition, "page", visitor="a", page=2, number=5)
    happen(edition, "page", visitor="b", page=2, number=5)
    happen(other, "page", visitor="b", page=1, number=50)
    happen(edition, "page", TODAY - timezone.timedelta(days=40), visitor="c", page=1)
    everything = emil.get(title(cast)).content.decode()
    assert set(names(everything)) == {"Summer lamps", "Ropes", "Lamps again"}
    shown = names(emil.get(f"{title(cast)}?advertiser=acme").content.decode())
    assert set(shown) == {"Summer lamps", "Lamps again"}, "however the name is written"
    assert names(emil.get(f"{title(cast)}?edition={other.pk}").content.decode()) == ["Lamps again"]
    assert names(emil.get(f"{title(cast)}?sort=seen").content.decode())[0] == "Ropes"
    assert names(emil.get(f"{title(cast)}?sort=time").content.decode())[0] == "Lamps again"
    assert names(emil.get(f"{title(cast)}?sort=advertiser").content.decode())[-1] == "Ropes"
    since = (TODAY - timezone.timedelta(days=60)).isoformat()
    lines = {
        line["Campaign"]: line["Seen"] for line in table(emil, f"{title(cast, 'advertisements.csv')}?since={since}")
    }
    assert lines == {"Summer lamps": "1", "Ropes": "2", "Lamps again": "1"}
    lines = {line["Campaign"]: line["Seen"] for line in table(emil, f"{title(cast, 'advertisements.csv')}")}
    assert lines["Summer lamps"] == "0", "before it was published nothing is looked for"
    nobody = emil.get(f"{title(cast)}?advertiser=Nobody").content.decode()
    assert "No advertisement fits" in nobody
    for nonsense in ("?sort=nothing", "?page=99", "?since=x&until=y", "?edition=none&advertiser=%00"):
        assert emil.get(title(cast) + nonsense).status_code == 200, nonsense


def test_dead_links_are_marked(cast: Cast, edition: Edition, emil: Client) -> None:
    advertise(cast.editor, edition)
    round_begin(edition, timezone.now())
    LinkCheck.objects.filter(address=ACME).update(state="dead")
    page = emil.get(home(edition)).content.decode()
    assert "1 does not answer" in page
    assert '<tr class="dead">' in page
    (line,) = table(emil, home(edition, "advertisements.csv"))
    assert line["Links that do not answer"] == ACME


def test_states_of_nothing_and_of_what_lost_its_place(cast: Cast, edition: Edition, emil: Client) -> None:
    for address in (home(edition), title(cast), HOUSE):
        assert "No advertisements yet" in emil.get(address).content.decode(), address
    advertise(cast.editor, edition)
    happen(edition, "page", page=1)
    Overlay.objects.update(is_lost=True)
    page = emil.get(home(edition)).content.decode()
    assert "Without a place" in page
    assert [line["Seen"] for line in table(emil, home(edition, "advertisements.csv"))] == ["0"]


def test_the_report_of_an_advertiser_says_nothing_of_staff(
    cast: Cast, data: Path, edition: Edition, emil: Client
) -> None:
    advertise(cast.editor, edition, title="<b>Lamps</b>")
    advertise(cast.editor, edition, area=Area(0.0, 0.0, 1.0, 0.4), title="Above")
    advertise(cast.editor, edition, page=2, advertiser="Nordhaven", title="Ropes")
    other = advertised_edition(cast, data, "No. 2")
    advertise(cast.editor, other, title="Again", advertiser="acme")
    happen(edition, "page", page=1, number=60)
    happen(edition, "link", page=1, name=ACME)
    listed = emil.get(HOUSE).content.decode()
    assert re.findall(r'<a class="title"[^>]*>([^<]*)</a></th><td class="number">(\d)', listed) == [
        ("acme", "3"),
        ("Nordhaven", "1"),
    ]
    report = emil.get(f"{HOUSE}?name=ACME").content.decode()
    assert "Report for acme" in report
    for said in ("&lt;b&gt;Lamps&lt;/b&gt;", "Above", "Again", "A-17", ACME, "How it is counted"):
        assert said in report, said
    for secret in ("pays late", "Ropes", "Nordhaven"):
        assert secret not in report, secret
    figures = re.findall(r'<dd class="figure">([^<]*)</dd>', report)
    assert figures == ["1", "1 min 0 s", "1", "100.0%"], "two on one page have been seen once"
    assert len(table(emil, f"{HOUSE}.csv?name=acme")) == 3
    assert len(table(emil, f"{HOUSE}.csv")) == 4
    for nobody in ("Nobody", "<script>"):
        assert emil.get(HOUSE, {"name": nobody}).status_code == 404
        assert emil.get(f"{HOUSE}.csv", {"name": nobody}).status_code == 404


def test_the_right_to_reports_decides(cast: Cast, data: Path, edition: Edition) -> None:
    advertise(cast.editor, edition)
    reports = user_create(email="rolf@harbour.example", password="lantern over water", name="Rolf")
    staff_add(
        by=cast.owner, publisher=cast.harbour, user=reports, role=Role.REPORTS, scope="publication",
        scope_id=cast.fathom.pk,
    )  # fmt: skip
    addresses = [home(edition), home(edition, "advertisements.csv"), title(cast), title(cast, "advertisements.csv")]
    addresses += [HOUSE, f"{HOUSE}?name=Acme", f"{HOUSE}.csv?name=Acme"]
    for person, status in (
        (cast.owner, 200),
        (cast.editor, 200),
        (reports, 200),
        (cast.shop, 403),
        (cast.outsider, 404),
    ):
        client = signed_in(person)
        assert [client.get(address).status_code for address in addresses] == [status] * len(addresses), person
    shown = signed_in(reports).get(home(edition)).content.decode()
    assert "/fathom/no-1/page/1" in shown, "who may not change it is led to where it is read"
    assert "/overlays/" not in shown
    found = home(edition, "advertisements/found")
    for person, status in ((cast.editor, 200), (reports, 403), (cast.shop, 403), (cast.outsider, 404)):
        assert signed_in(person).get(found).status_code == status, person
        assert signed_in(person).post(found, {"again": "yes"}).status_code == (302 if status == 200 else status)


def test_what_was_found_is_laid_refused_or_left(cast: Cast, edition: Edition, emil: Client) -> None:
    advertise(cast.editor, edition, advertiser="Nordhaven")
    place = home(edition, "advertisements/found")
    box, whole = found_advertisements(edition)
    page = emil.get(place).content.decode()
    assert f'name="advertiser-{whole.name}" value="Nordhaven"' in page, "a known name that stands in it"
    assert "Acme lamps shine all summer" in page
    deeds = {f"deed-{box.name}": "lay", f"title-{box.name}": "Lamps", f"deed-{whole.name}": "refuse"}
    wrong = emil.post(place, {**deeds, f"advertiser-{box.name}": " ", f"booking-{box.name}": "B-9"})
    said = wrong.content.decode()
    assert wrong.status_code == 422
    assert "The advertisement has no advertiser." in said
    assert 'value="B-9"' in said, "nothing typed is lost"
    assert Overlay.objects.count() == 1, "nothing was laid"
    assert len(found_advertisements(edition)) == 2, "and nothing refused"
    assert emil.post(place, {**deeds, f"advertiser-{box.name}": "Acme"}).status_code == 302
    made = Overlay.objects.get(page=2)
    assert (made.title, made.particulars["advertiser"], made.kind) == ("Lamps", "Acme", "advertisement")
    shown = emil.get(place).content.decode()
    assert "Nothing found" in shown
    assert "1 place was refused." in shown
    emil.post(place, {"again": "yes"})
    assert f"deed-{whole.name}" in emil.get(place).content.decode()


def test_one_is_drawn_in_the_page_editor_and_a_whole_page_is_one_press(edition: Edition, emil: Client) -> None:
    editor = home(edition, "overlays/")
    page = emil.get(f"{editor}new?kind=advertisement&page=2&whole=yes").content.decode()
    assert re.findall(r'id="id_(\w+)"', page).count("advertiser") == 1
    assert 'name="width" value="100.0"' in page
    said = {"kind": "advertisement", "page": "2", "x": "0", "y": "0", "width": "100", "height": "100"}
    wrong = emil.post(f"{editor}new", {**said, "title": "Lamps", "note": "half price"})
    assert wrong.status_code == 422
    assert "The advertisement has no advertiser." in wrong.content.decode().split('id="id_advertiser-mistake"')[1][:90]
    assert "half price" in wrong.content.decode()
    assert emil.post(f"{editor}new", {**said, "title": "Lamps", "advertiser": "Acme"}).status_code == 302
    made = Overlay.objects.get()
    assert Area(made.x, made.y, made.width, made.height) == WHOLE
    again = emil.get(f"{editor}{made.pk}").content.decode()
    assert 'value="Acme"' in again
    assert '<option value="Acme">' in again, "names that are known are offered"


def test_frames_lie_below_what_stands_in_them(cast: Cast, edition: Edition, emil: Client) -> None:
    lay(cast, edition, page=1, area=Area(0.1, 0.1, 0.2, 0.1))
    advertise(cast.editor, edition, area=LOWER)
    page = emil.get(f"{home(edition, 'overlays/')}?page=1").content.decode()
    assert page.index('class="area frame"') < page.index('class="area"')
