"""Who sees numbers and which; periods, files, and reports for libraries that keep to the published schema."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator
from tests.cast import Cast, ready_edition, signed_in
from tests.editions import article_entry
from tests.forms.making import form_made
from tests.orders.selling import filled, selling_edition
from tests.statistics.counter_schema import ITEM_REPORT, TITLE_REPORT

from masthead.accounts.rights import Role
from masthead.accounts.services import staff_add, user_create
from masthead.library.selectors import Edition, Publication
from masthead.library.services import edition_publish
from masthead.orders.selectors import Order
from masthead.orders.working import order_status_set
from masthead.production.keeping import edition_delete
from masthead.statistics.models import Day, Event
from masthead.statistics.totals import count_day

TODAY = timezone.now().date()
HOUSE = "/office/houses/harbour-press/statistics"


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    Publication.objects.update(issn="0317-8471")
    stories = {"a2": "<h2>Boats</h2>\n<p>They came back.</p>\n"}
    edition = ready_edition(cast, data, stories=stories, articles=[article_entry(2, "Boats, =and ropes", slug="boats")])
    return edition_publish(by=cast.owner, edition=edition)


def happen(edition: Edition, kind: str, day: date = TODAY, visitor: str = "a", **more: Any) -> None:
    """Something that a reader did at noon of a day, counted at once."""
    publisher = edition.publication.publisher_id
    parts = {"source": "reader", "access": "free", "device": "phone", **more}
    Event.objects.create(
        id=Event.objects.count() + 1,
        at=datetime(day.year, day.month, day.day, 12, Event.objects.count() % 60, tzinfo=UTC),
        day=day,
        publisher=publisher,
        publication=edition.publication_id,
        edition=edition.pk,
        visitor=visitor,
        kind=kind,
        **parts,
    )
    Day.objects.get_or_create(publisher=publisher, day=day)
    count_day(publisher, day, timezone.now())


def rows(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def figures(client: Client, address: str) -> Sequence[str]:
    page = client.get(address).content.decode()
    return [part.split("</dd>")[0] for part in page.split('<dd class="figure">')[1:]]


def test_numbers_of_a_house_a_publication_and_an_edition(cast: Cast, live: Edition) -> None:
    happen(live, "page", page=1, number=75)
    happen(live, "page", page=2, number=60, visitor="b")
    client = signed_in(cast.owner)
    for address in (
        HOUSE,
        f"/office/publications/{cast.fathom.pk}/statistics",
        f"/office/editions/{live.pk}/statistics",
    ):
        assert figures(client, address)[:4] == ["2", "2", "2", "2 min 15 s"]


def test_the_right_to_reports_decides(cast: Cast, live: Edition) -> None:
    happen(live, "page", page=1)
    reports = user_create(email="rolf@harbour.example", password="lantern over water", name="Rolf")
    of_one = user_create(email="ole@harbour.example", password="lantern over water", name="Ole")
    staff_add(by=cast.owner, publisher=cast.harbour, user=reports, role=Role.REPORTS)
    staff_add(
        by=cast.owner,
        publisher=cast.harbour,
        user=of_one,
        role=Role.REPORTS,
        scope="publication",
        scope_id=cast.fathom.pk,
    )
    of_publication = f"/office/publications/{cast.fathom.pk}/statistics"
    of_edition = f"/office/editions/{live.pk}/statistics"
    counter = "/office/houses/harbour-press/counter"
    wanted = {
        cast.owner: (200, 200, 200, 200),
        cast.editor: (200, 200, 200, 200),
        reports: (200, 200, 200, 200),
        of_one: (403, 200, 200, 403),
        cast.shop: (200, 200, 200, 403),  # what was sold: see below
        cast.outsider: (404, 404, 404, 404),
    }
    for person, statuses in wanted.items():
        client = signed_in(person)
        addresses = (HOUSE, of_publication, of_edition, counter)
        assert tuple(client.get(address).status_code for address in addresses) == statuses, person
    people = user_create(email="sub@harbour.example", password="lantern over water", name="Sub")
    staff_add(by=cast.owner, publisher=cast.harbour, user=people, role=Role.SUBSCRIPTIONS)
    menu = signed_in(people).get("/office/houses/harbour-press/").content
    assert b"Statistics" not in menu


def test_a_period_is_compared_with_the_one_before(cast: Cast, live: Edition) -> None:
    happen(live, "page", TODAY - timedelta(days=20), page=1)
    for number in range(3):
        happen(live, "page", TODAY, f"v{number}", page=1)
    happen(live, "page", TODAY - timedelta(days=8), page=1)
    since, until = TODAY - timedelta(days=6), TODAY
    page = signed_in(cast.owner).get(f"{HOUSE}?since={since}&until={until}").content.decode()
    assert '<dd class="figure">3</dd>' in page
    assert "+200%" in page
    assert "before: 1" in page
    backwards = signed_in(cast.owner).get(f"{HOUSE}?since={until}&until={since}").content.decode()
    assert '<dd class="figure">3</dd>' in backwards
    for nonsense in ("?since=yesterday", "?since=2026-13-45&until=x", "?since=0001-01-01", "?show=everything"):
        assert signed_in(cast.owner).get(HOUSE + nonsense).status_code == 200


def test_where_nothing_was_read_it_says_what_to_do(cast: Cast, live: Edition) -> None:
    page = signed_in(cast.owner).get(HOUSE).content.decode()
    assert "Nothing was read yet" in page
    assert "How it is counted" in page


def test_every_number_has_its_rule_beside_it_in_every_language(cast: Cast, live: Edition) -> None:
    happen(live, "feed", page=None)
    for language in ("en", "de", "ar"):
        page = signed_in(cast.owner).get(f"{HOUSE}?lang={language}").content.decode()
        tiles = page.split('<div class="tile">')[1:]
        assert len(tiles) == 11
        assert all('<dd class="rule">' in tile and len(tile.split('<dd class="rule">')[1]) > 20 for tile in tiles)


def test_tables_are_had_as_files_that_no_spreadsheet_calculates(cast: Cast, live: Edition) -> None:
    happen(live, "search", name="=2+5", number=0)
    happen(live, "link", page=3, name="https://example.org/")
    happen(live, "article", name="boats", number=30)
    client, address = signed_in(cast.owner), f"/office/editions/{live.pk}/statistics.csv"
    days = rows(client, f"{address}?since={TODAY}&until={TODAY}")
    assert (days[0][:2], days[1][1]) == (["Day", "Visits"], "1")
    assert any("30 minutes" in row[0] for row in days[2:] if row)
    assert rows(client, f"{address}?table=searched")[1] == ["'=2+5", "1"]
    assert rows(client, f"{address}?table=searched_empty")[1] == ["'=2+5", "1"]
    assert rows(client, f"{address}?table=links")[1] == ["https://example.org/", "3", "1"]
    assert rows(client, f"{address}?table=articles")[1] == ["Boats, =and ropes", "1"]
    assert client.get(f"{address}?table=secrets").status_code == 404
    of_house = rows(client, f"{HOUSE}.csv?table=links")
    assert of_house[1] == ["https://example.org/", "Fathom: No. 1", "3", "1"]


def test_what_readers_said_is_text_and_never_markup(cast: Cast, live: Edition) -> None:
    happen(live, "search", name="<script>alert(1)</script>", number=1)
    happen(live, "link", page=1, name="https://example.org/<b>")
    page = signed_in(cast.owner).get(f"/office/editions/{live.pk}/statistics").content
    assert b"<script>alert" not in page
    assert b"example.org/&lt;b&gt;" in page


def test_the_page_asks_the_database_a_fixed_number_of_times(
    cast: Cast, live: Edition, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        happen(live, "page", TODAY - timedelta(days=number), page=1 + number % 3)
    client = signed_in(cast.owner)
    with django_assert_max_num_queries(37):
        client.get(f"/office/editions/{live.pk}/statistics")


LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


def test_reports_wait_for_a_full_month(cast: Cast, live: Edition) -> None:
    happen(live, "page", page=1)
    client, address = signed_in(cast.owner), "/office/houses/harbour-press/counter"
    assert b"There is no full month yet" in client.get(address).content
    assert client.get(f"{address}/tr.json").status_code == 404


@pytest.mark.parametrize(("name", "schema"), [("tr", TITLE_REPORT), ("ir", ITEM_REPORT)])
def test_reports_keep_to_the_schema(cast: Cast, live: Edition, name: str, schema: dict[str, Any]) -> None:
    happen(live, "page", LAST_MONTH, page=2, items="boats")
    happen(live, "article", LAST_MONTH, "b", name="boats", items="boats", access="controlled")
    happen(live, "share", LAST_MONTH, "c", page=2, name="mail", items="boats")
    said = signed_in(cast.owner).get(f"/office/houses/harbour-press/counter/{name}.json").json()
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [f"{error.json_path}: {error.message}" for error in checker.iter_errors(said)] == []
    entry = said["Report_Items"][0] if name == "tr" else said["Report_Items"][0]["Items"][0]
    month = f"{LAST_MONTH:%Y-%m}"
    assert {
        performance["Access_Type"]: {metric: counts[month] for metric, counts in performance["Performance"].items()}
        for performance in entry["Attribute_Performance"]
    } == {
        "Controlled": dict.fromkeys(
            [
                "Total_Item_Investigations",
                "Total_Item_Requests",
                "Unique_Item_Investigations",
                "Unique_Item_Requests",
            ],
            1,
        ),
        "Free_To_Read": {
            "Total_Item_Investigations": 2,
            "Total_Item_Requests": 1,
            "Unique_Item_Investigations": 2,
            "Unique_Item_Requests": 1,
        },
    }


@pytest.mark.parametrize("name", ["tr", "ir"])
def test_tables_of_reports_say_the_same_as_their_json(cast: Cast, live: Edition, name: str) -> None:
    happen(live, "page", LAST_MONTH, page=2, items="boats")
    address = f"/office/houses/harbour-press/counter/{name}"
    text = signed_in(cast.owner).get(f"{address}.tsv").content.decode()
    table = list(csv.reader(io.StringIO(text), delimiter="\t"))
    header = [row[0] for row in table[:13]]
    assert header == [
        *("Report_Name", "Report_ID", "Release", "Institution_Name", "Institution_ID", "Metric_Types"),
        *("Report_Filters", "Report_Attributes", "Exceptions", "Reporting_Period", "Created", "Created_By"),
        "Registry_Record",
    ]
    assert table[13] == []
    head, *lines = table[14:]
    assert head[-1] == f"{LAST_MONTH:%b-%Y}"
    assert all(len(line) == len(head) for line in lines)
    found = {dict(zip(head, line, strict=True))["Metric_Type"]: line[-2:] for line in lines}
    metrics = [f"{how}_Item_{what}" for how in ("Total", "Unique") for what in ("Investigations", "Requests")]
    assert found == {metric: ["1", "1"] for metric in metrics}
    line = dict(zip(head, lines[0], strict=True))
    assert (line["Data_Type"], line["YOP"]) == (("Newspaper_or_Newsletter" if name == "tr" else "News_Item"), "2026")
    assert line["Online_ISSN" if name == "tr" else "Parent_Online_ISSN"] == "0317-8471"
    if name == "ir":
        assert (line["Item"], line["Parent_Title"]) == ("Boats, =and ropes", "Fathom")


def test_usage_of_what_was_deleted_since_is_still_reported(cast: Cast, live: Edition) -> None:
    happen(live, "page", LAST_MONTH, page=2, items="boats")
    edition_delete(by=cast.owner, edition=live)
    said = json.loads(signed_in(cast.owner).get("/office/houses/harbour-press/counter/tr.json").content)
    assert said["Report_Items"][0]["Title"] == "Fathom"


def test_a_month_without_usage_says_so_in_the_words_of_the_code(cast: Cast, live: Edition) -> None:
    happen(live, "page", LAST_MONTH, page=3)
    said = signed_in(cast.owner).get("/office/houses/harbour-press/counter/ir.json").json()
    assert said["Report_Header"]["Exceptions"] == [{"Code": 3030, "Message": "No Usage Available for Requested Dates"}]
    checker = Draft202012Validator(ITEM_REPORT)
    assert list(checker.iter_errors(said)) == []


def sees_sales_only(shop: Client, own: str, edition: Edition, products: list[list[str]]) -> None:
    """Whoever sees to the shop: orders and products, and nothing of what was read, searched or answered."""
    for address in (own, f"/office/editions/{edition.pk}/statistics", HOUSE):
        page = shop.get(address).content.decode()
        assert "€212.80" in page, address
        named = ("Visits", "Pages seen", "Orders per 100 visits", "Newsletter", "COUNTER", "Over time", "Countries")
        assert [one for one in named if one in page] == [], address
        assert rows(shop, f"{address}.csv")[1][1:] == ["212.80", "1"], address
        hidden = ("days", "parts", "pages", "forms", "country", "links")
        assert {shop.get(f"{address}.csv?table={one}").status_code for one in hidden} == {404}, address
    assert rows(shop, f"{own}.csv?table=products") == products
    assert rows(shop, f"{own}.csv?table=orders-parts")[:2] == [
        ["Edition", "Value in EUR", "Orders"],
        ["No. 1", "212.80", "1"],
    ]
    assert "Nothing was sold in these days" in shop.get(f"{own}?since=2020-01-01&until=2020-01-02").content.decode()
    assert b"Statistics" in shop.get("/office/houses/harbour-press/").content


def test_orders_and_forms_are_counted_from_the_card_to_the_order(cast: Cast, data: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    edition = selling_edition(cast, data)
    form = form_made(cast, is_on=False)
    client = Client()
    for code, pieces in (("RO-1", 4), ("BE-2", 2)):
        client.post(f"/fathom/no-1/product?code={code}", {"quantity": str(pieces)})
    order_form = client.get("/fathom/no-1/order").content.decode()
    assert client.post("/fathom/no-1/order", filled(order_form)).status_code == 303
    for visitor, kind, name in (
        *(("a", "product", "ro-1"), ("b", "product", "ro-1"), ("b", "product", "ch-3"), ("a", "cart", "ro-1")),
        *(("a", "form_seen", form.pk), ("b", "form_seen", form.pk), ("a", "form", form.pk)),
    ):
        happen(edition, kind, visitor=visitor, name=name, page=1)
    shop, owner = signed_in(cast.shop), signed_in(cast.owner)
    own = f"/office/publications/{cast.fathom.pk}/statistics"
    products = rows(owner, f"{own}.csv?table=products")
    assert products[0] == ["Product", "Code", "Opened", "Put into carts", "Value in EUR", "Pieces", "Orders"]
    assert sorted(products[1:4]) == [
        ["Bell", "BE-2", "0", "0", "200.00", "2", "1"],
        ["Chart", "CH-3", "1", "0", "", "0", "0"],
        ["Rope", "RO-1", "2", "1", "12.80", "4", "1"],
    ]
    for address in (own, f"/office/editions/{edition.pk}/statistics", HOUSE):
        assert rows(owner, f"{address}.csv?table=orders")[1][1:] == ["212.80", "1"], address
        page = owner.get(address).content.decode()
        assert ("€212.80" in page, "Orders per 100 visits" in page, "50.0" in page) == (True, True, True), address
    assert rows(owner, f"{own}.csv?table=orders-parts")[1] == ["No. 1", "212.80", "50.0", "1"]
    assert rows(owner, f"{HOUSE}.csv?table=orders-parts")[1] == ["Fathom", "212.80", "50.0", "1"]
    assert rows(owner, f"{own}.csv?table=forms")[1] == ["Newsletter", "2", "50.0", "1"]
    sees_sales_only(shop, own, edition, rows(owner, f"{own}.csv?table=products"))
    order_status_set(by=cast.shop, order=Order.objects.get(), status="cancelled", seen="new")
    assert "€212.80" not in owner.get(own).content.decode(), "cancelled orders come to nothing"
