"""Writes usage as the Code of Practice of COUNTER 5.1 has it: Title Report and Item Report, as JSON and as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from masthead.statistics.kinds import Access, Measure
from masthead.statistics.periods import Period, Step

RELEASE: Final = "5.1"
WORLD: Final = ("The World", "0000000000000000")  # all usage, whoever it was
NAMESPACE: Final = "masthead"
METRICS: Final = {
    Measure.TOTAL_INVESTIGATIONS: "Total_Item_Investigations",
    Measure.TOTAL_REQUESTS: "Total_Item_Requests",
    Measure.UNIQUE_INVESTIGATIONS: "Unique_Item_Investigations",
    Measure.UNIQUE_REQUESTS: "Unique_Item_Requests",
}
ACCESS_TYPES: Final = {Access.CONTROLLED: "Controlled", Access.FREE: "Free_To_Read"}
TITLE_TYPE: Final = "Newspaper_or_Newsletter"  # "newspaper, newsletter, magazine, or similar serial"
ITEM_TYPE: Final = "News_Item"  # "an article from a newspaper or magazine"
_TITLE_HEAD: Final = (
    *("Title", "Publisher", "Publisher_ID", "Platform", "DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN"),
    *("URI", "Data_Type", "YOP", "Access_Type", "Access_Method", "Metric_Type", "Reporting_Period_Total"),
)
_ITEM_HEAD: Final = (
    *("Item", "Publisher", "Publisher_ID", "Platform", "Authors", "Publication_Date", "Article_Version", "DOI"),
    *("Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI", "Parent_Title", "Parent_Authors"),
    *("Parent_Publication_Date", "Parent_Article_Version", "Parent_Data_Type", "Parent_DOI"),
    *("Parent_Proprietary_ID", "Parent_ISBN", "Parent_Print_ISSN", "Parent_Online_ISSN", "Parent_URI", "Data_Type"),
    *("YOP", "Access_Type", "Access_Method", "Metric_Type", "Reporting_Period_Total"),
)


class Report(StrEnum):
    """The reports that fit what Masthead publishes."""

    TITLE = "TR"
    ITEM = "IR"


NAMES: Final = {Report.TITLE: "Title Report", Report.ITEM: "Item Report"}
_SHOWN: Final = {
    Report.TITLE: ["YOP", "Access_Type", "Access_Method"],
    Report.ITEM: ["Publication_Date", "YOP", "Access_Type", "Access_Method"],
}


@dataclass(frozen=True, slots=True)
class Title:
    """A publication."""

    name: str
    identity: str
    issn: str  # "" where it has none
    uri: str

    def ids(self) -> dict[str, str]:
        """Its Item_ID."""
        ids = {"Proprietary": f"{NAMESPACE}:{self.identity}", "URI": self.uri}
        return {**ids, "Online_ISSN": self.issn} if self.issn else ids


@dataclass(frozen=True, slots=True)
class Item:
    """An article of an edition, or an edition as a whole."""

    name: str
    identity: str
    uri: str
    published: date


@dataclass
class Usage:
    """How a title, or an item of it, published in one year, was used in one way of access."""

    title: Title
    item: Item | None
    year: int
    access: Access
    counts: dict[Measure, Counter[str]] = field(default_factory=dict)  # of each metric by month, such as 2026-11

    def add(self, measure: Measure, day: date, number: int) -> None:
        """Add a number of a day."""
        self.counts.setdefault(measure, Counter())[f"{day:%Y-%m}"] += number

    def performance(self) -> dict[str, dict[str, int]]:
        """The numbers as JSON has them, without months and metrics that are nothing."""
        return {
            METRICS[measure]: dict(sorted(self.counts[measure].items()))
            for measure in METRICS
            if measure in self.counts
        }

    def attributes(self) -> dict[str, str]:
        """What the numbers are broken down by."""
        return {
            "Data_Type": ITEM_TYPE if self.item else TITLE_TYPE,
            "YOP": f"{self.year:04}",
            "Access_Type": ACCESS_TYPES[self.access],
            "Access_Method": "Regular",
        }


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a report."""

    report: Report
    publisher: str
    publisher_id: str
    platform: str
    period: Period  # of whole months
    created: datetime
    created_by: str

    def months(self) -> list[str]:
        """The months of the report, such as 2026-11."""
        return [f"{part.since:%Y-%m}" for part in self.period.parts(Step.MONTH)]


def as_json(heading: Heading, usage: Sequence[Usage]) -> dict[str, Any]:
    """The report as the COUNTER API has it."""
    header: dict[str, Any] = {
        "Release": RELEASE,
        "Report_ID": heading.report.value,
        "Report_Name": NAMES[heading.report],
        "Created": _moment(heading.created),
        "Created_By": heading.created_by,
        "Institution_ID": {"Proprietary": [f"{NAMESPACE}:{WORLD[1]}"]},
        "Institution_Name": WORLD[0],
        "Report_Attributes": {"Attributes_To_Show": _SHOWN[heading.report]},
        "Report_Filters": {
            "Begin_Date": heading.period.since.isoformat(),
            "End_Date": heading.period.until.isoformat(),
        },
    }
    if heading.report == Report.ITEM:
        header["Report_Attributes"]["Include_Parent_Details"] = "True"
    if not usage:
        header["Exceptions"] = [{"Code": 3030, "Message": "No Usage Available for Requested Dates"}]
    body = _titles(heading, usage) if heading.report == Report.TITLE else _items(heading, usage)
    return {"Report_Header": header, "Report_Items": body}


def as_table(heading: Heading, usage: Sequence[Usage]) -> Iterator[list[str]]:
    """The report as a table: its header, an empty line, the heads of the columns, a line for each metric."""
    is_item = heading.report == Report.ITEM
    attributes = f"Attributes_To_Show={'|'.join(_SHOWN[heading.report])}"
    exception = "" if usage else "3030: No Usage Available for Requested Dates"
    yield ["Report_Name", NAMES[heading.report]]
    yield ["Report_ID", heading.report.value]
    yield ["Release", RELEASE]
    yield ["Institution_Name", WORLD[0]]
    yield ["Institution_ID", f"{NAMESPACE}:{WORLD[1]}"]
    yield ["Metric_Types", ""]
    yield ["Report_Filters", ""]
    yield ["Report_Attributes", attributes + ("; Include_Parent_Details=True" if is_item else "")]
    yield ["Exceptions", exception]
    begin, end = heading.period.since.isoformat(), heading.period.until.isoformat()
    yield ["Reporting_Period", f"Begin_Date={begin}; End_Date={end}"]
    yield ["Created", _moment(heading.created)]
    yield ["Created_By", heading.created_by]
    yield ["Registry_Record", ""]
    yield []
    months = heading.months()
    head = _ITEM_HEAD if is_item else _TITLE_HEAD
    yield [*head, *(f"{date.fromisoformat(month + '-01'):%b-%Y}" for month in months)]
    for used in usage:
        yield from _lines(heading, used, head, months)


def _lines(heading: Heading, used: Usage, head: Sequence[str], months: Sequence[str]) -> Iterator[list[str]]:
    values = _columns(heading, used)
    for measure, metric in METRICS.items():
        counts = used.counts.get(measure)
        if not counts:
            continue
        numbers = [counts.get(month, 0) for month in months]
        line = {**values, "Metric_Type": metric, "Reporting_Period_Total": str(sum(numbers))}
        yield [*(line.get(name, "") for name in head), *map(str, numbers)]


def _columns(heading: Heading, used: Usage) -> dict[str, str]:
    ids = used.title.ids()
    common = {
        "Publisher": heading.publisher,
        "Publisher_ID": f"{NAMESPACE}:{heading.publisher_id}",
        "Platform": heading.platform,
        **used.attributes(),
    }
    if used.item is None:
        return {
            "Title": used.title.name,
            "Proprietary_ID": ids["Proprietary"],
            "Online_ISSN": used.title.issn,
            "URI": used.title.uri,
            **common,
        }
    return {
        "Item": used.item.name,
        "Publication_Date": used.item.published.isoformat(),
        "Proprietary_ID": f"{NAMESPACE}:{used.item.identity}",
        "URI": used.item.uri,
        "Parent_Title": used.title.name,
        "Parent_Data_Type": TITLE_TYPE,
        "Parent_Proprietary_ID": ids["Proprietary"],
        "Parent_Online_ISSN": used.title.issn,
        "Parent_URI": used.title.uri,
        **common,
    }


def _titles(heading: Heading, usage: Iterable[Usage]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for used in usage:
        entry = found.setdefault(
            used.title.identity,
            {"Title": used.title.name, **_who(heading), "Item_ID": used.title.ids(), "Attribute_Performance": []},
        )
        entry["Attribute_Performance"].append({**used.attributes(), "Performance": used.performance()})
    return list(found.values())


def _items(heading: Heading, usage: Iterable[Usage]) -> list[dict[str, Any]]:
    parents: dict[str, dict[str, Any]] = {}
    found: dict[str, dict[str, Any]] = {}
    for used in usage:
        item = used.item
        assert item is not None
        parent = parents.setdefault(
            used.title.identity,
            {"Title": used.title.name, "Data_Type": TITLE_TYPE, "Item_ID": used.title.ids(), "Items": []},
        )
        if item.identity not in found:
            found[item.identity] = {
                "Item": item.name,
                **_who(heading),
                "Publication_Date": item.published.isoformat(),
                "Item_ID": {"Proprietary": f"{NAMESPACE}:{item.identity}", "URI": item.uri},
                "Attribute_Performance": [],
            }
            parent["Items"].append(found[item.identity])
        performance = {**used.attributes(), "Performance": used.performance()}
        found[item.identity]["Attribute_Performance"].append(performance)
    return list(parents.values())


def _who(heading: Heading) -> dict[str, Any]:
    return {
        "Publisher": heading.publisher,
        "Publisher_ID": {"Proprietary": [f"{NAMESPACE}:{heading.publisher_id}"]},
        "Platform": heading.platform,
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
