"""The tables of the statistics: what each holds, with the rule of its number; shown on screens and sent as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from masthead import wording
from masthead.backoffice.charts import share
from masthead.backoffice.statistics_subject import Subject
from masthead.statistics.kinds import Measure
from masthead.statistics.periods import Period, Step
from masthead.statistics.rules import NAMES, RULES
from masthead.statistics.selectors import Breakdown, below, by_day, links

SHOWN = 12  # rows of a table on the screen; its file has all
DAYS = (
    *(Measure.VISITS, Measure.VISITORS, Measure.PAGES, Measure.SECONDS, Measure.ARTICLES, Measure.SEARCHES),
    *(Measure.SEARCHES_EMPTY, Measure.LINKS, Measure.DOWNLOADS, Measure.SHARES, Measure.FEEDS),
)
_OTHER = (Measure.OVERLAYS, Measure.PRODUCTS, Measure.CARTS, Measure.FORMS_SEEN, Measure.FORMS, Measure.SIGN_INS)
_DEVICE_WORDS = ("Phone", "Tablet", "Computer", "Something else")
_FORMAT_WORDS = ("PDF", "EPUB", "Text", "Markdown", "Chosen pages")
_WAY_WORDS = ("Link", "E-mail", "Share sheet of the device")
_DEVICES = dict(zip(("phone", "tablet", "computer", "other"), _DEVICE_WORDS, strict=True))
_FORMATS = dict(zip(("pdf", "epub", "text", "markdown", "pages"), _FORMAT_WORDS, strict=True))
_WAYS = dict(zip(("link", "mail", "device"), _WAY_WORDS, strict=True))
_TITLE_WORDS = ("What was searched for", "Searched without a hit")
_HEAD_WORDS = (
    *("Words", "Page", "Article", "Address", "Clicks", "Times", "Edition", "Publication", "Seconds in all"),
    *("Device", "Country", "Site", "Format", "Way", "Minutes"),
)
_STEP_WORDS = ("Day", "Week from", "Month")
_HEAD_OF_STEP = dict(zip(Step, _STEP_WORDS, strict=True))
_UNKNOWN_WORDS = ("not known", "none, or not told", "deleted")
UNKNOWN, UNTOLD, DELETED = _UNKNOWN_WORDS
Cell = str | int | Decimal | Markup  # a decimal is an amount of money with the digits of its currency


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its name and rule, and how it was in the period before."""

    name: str
    number: str
    rule: str
    before: str = ""
    change: str = ""  # such as +12 %; "" where there is nothing to compare with


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their heads; a number in a cell is a number in the file too."""

    key: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    rules: Sequence[str] = ()
    addresses: Sequence[str] = field(default=())  # of the first cells, where they lead somewhere

    def shown(self) -> list[tuple[str, list[Cell], Markup]]:
        """The first rows for the screen: where the first cell leads, the cells, a bar for the last number."""
        largest = max((row[-1] for row in self.rows if isinstance(row[-1], int)), default=0)
        found = []
        for number, row in enumerate(self.rows[:SHOWN]):
            address = self.addresses[number] if number < len(self.addresses) else ""
            last = row[-1]
            found.append((address, list(row), share(last if isinstance(last, int) else 0, largest)))
        return found

    @property
    def left(self) -> int:
        """How many rows only the file has."""
        return max(0, len(self.rows) - SHOWN)


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: whose numbers, of which days, in which language, and what the numbers are made of."""

    subject: Subject
    period: Period
    words: wording.Translator
    made: Breakdown

    def named(self, measure: Measure) -> dict[str, int]:
        """How much there is of each name of a measure, most first."""
        return dict(self.made[measure])


def tables_of(look: Look) -> list[Table]:
    """All tables that the subject has, in their order on the page."""
    makers: list[Callable[[Look], Table | None]] = [
        _below,
        _pages,
        _articles,
        _searched,
        _searched_empty,
        _links,
        _formats,
        _ways,
        _devices,
        _countries,
        _referrers,
    ]
    return [table for make in makers if (table := make(look)) is not None]


def days_table(subject: Subject, period: Period, words: wording.Translator, step: Step = Step.DAY) -> Table:
    """Every number of every day, week or month."""
    found = by_day(subject.scope, period)
    measures = [*DAYS, *(measure for measure in _OTHER if any(day.get(measure) for day in found.values()))]
    rows: list[list[Cell]] = []
    for part in period.parts(step):
        inside = [numbers for day, numbers in found.items() if part.since <= day <= part.until]
        rows.append([day_text(part, step, words), *(sum(day.get(name, 0) for day in inside) for name in measures)])
    seconds = words.text("Seconds in all")
    heads = [seconds if measure == Measure.SECONDS else _name(measure, words) for measure in measures]
    head = [words.text(_HEAD_OF_STEP[step]), *heads]
    rules = [f"{name}: {words.text(RULES[measure])}" for name, measure in zip(heads, measures, strict=True)]
    return Table("days", words.text("Numbers of each day"), head, rows, rules)


def day_text(part: Period, step: Step, words: wording.Translator) -> str:
    """A day, week or month as it is named in a table."""
    if step == Step.MONTH:
        return format_date(part.since, "LLLL yyyy", locale=words.language)
    return format_date(part.since, "medium", locale=words.language)


def change_text(now: int, before: int, words: wording.Translator) -> str:
    """By how much it changed; nothing is said where there was nothing before."""
    if not before:
        return ""
    portion = round((now - before) / before, 2) + 0.0  # no -0
    return format_percent(portion, format="+#,##0%;-#,##0%" if portion else "±0%", locale=words.language)


def number_text(number: int | Decimal, words: wording.Translator) -> str:
    """A number as the language groups it; a decimal with all its digits."""
    if isinstance(number, Decimal):
        digits = max(0, -int(number.as_tuple().exponent))
        return format_decimal(number, format=f"#,##0{'.' if digits else ''}{'0' * digits}", locale=words.language)
    return format_decimal(number, locale=words.language)


def time_text(seconds: int, words: wording.Translator) -> str:
    """Seconds as hours and minutes, or as minutes and seconds where they are few."""
    if seconds < 60:
        return words.text("{seconds} s", seconds=number_text(seconds, words))
    if seconds < 3600:
        return words.text("{minutes} min {seconds} s", minutes=number_text(seconds // 60, words), seconds=seconds % 60)
    return words.text(
        "{hours} h {minutes} min", hours=number_text(seconds // 3600, words), minutes=seconds % 3600 // 60
    )


def _below(look: Look) -> Table | None:
    """The publications of a house, or the editions of a publication."""
    subject, period, words = look.subject, look.period, look.words
    if subject.parts is None:
        return None
    found = below(subject.scope, period)
    order = sorted(found, key=lambda part: (-found[part].get(Measure.VISITS, 0), part))
    named = subject.parts(order)
    measures = (Measure.VISITS, Measure.PAGES, Measure.DOWNLOADS, Measure.SECONDS)
    rows: list[list[Cell]] = []
    for part in order:
        numbers = [found[part].get(measure, 0) for measure in measures]
        rows.append([named.get(part, ("", ""))[0] or words.text(DELETED), *numbers[:3], numbers[3] // 60])
    is_house = not subject.scope.publication
    first, minutes = words.text("Publication" if is_house else "Edition"), words.text("Minutes")
    head = [first, *(_name(measure, words) for measure in measures[:3]), minutes]
    title = words.text("Publications" if is_house else "Editions")
    return Table("parts", title, head, rows, (), [named.get(part, ("", ""))[1] for part in order])


def _pages(look: Look) -> Table | None:
    subject, words = look.subject, look.words
    if not subject.scope.edition:
        return None
    seen = look.named(Measure.PAGE)
    spent = look.named(Measure.PAGE_SECONDS)
    if not seen:
        return None
    rows: list[list[Cell]] = []
    order = sorted(seen, key=lambda name: (-seen[name], int(name)))
    for name in order:
        average = round(spent.get(name, 0) / seen[name])
        rows.append([subject.label_of(int(name)), average, spent.get(name, 0), seen[name]])
    head = [words.text("Page"), _name(Measure.PAGE_SECONDS, words), words.text("Seconds in all")]
    rules = [words.text(RULES[Measure.PAGES]), words.text(RULES[Measure.PAGE_SECONDS])]
    addresses = [subject.address_of_page(int(name)) for name in order]
    return Table("pages", words.text("Pages"), [*head, _name(Measure.PAGES, words)], rows, rules, addresses)


def _articles(look: Look) -> Table | None:
    subject, words = look.subject, look.words
    found = look.made[Measure.ARTICLE] if subject.scope.edition else []
    if not found:
        return None
    rows: list[list[Cell]] = [[subject.titles.get(slug, slug), number] for slug, number in found]
    head = [words.text("Article"), words.text("Times")]
    addresses = [subject.address_of_article(slug) for slug, _ in found]
    return Table("articles", words.text("Articles"), head, rows, [words.text(RULES[Measure.ARTICLES])], addresses)


def _searched(look: Look) -> Table | None:
    return _plain(look, Measure.SEARCHED, "What was searched for", "Words", Measure.SEARCHES)


def _searched_empty(look: Look) -> Table | None:
    empty, title = Measure.SEARCHED_EMPTY, "Searched without a hit"
    return _plain(look, empty, title, "Words", Measure.SEARCHES_EMPTY)


def _links(look: Look) -> Table | None:
    """Each link of each page, with how often it was followed."""
    subject, period, words = look.subject, look.period, look.words
    found = links(subject.scope, period)
    if not found:
        return None
    rows: list[list[Cell]] = []
    named = {} if subject.scope.edition else subject.editions({edition for edition, *_ in found})
    for edition, address, page, number in found:
        row: list[Cell] = [address, page, number]
        if not subject.scope.edition:
            row.insert(1, named.get(edition, words.text(DELETED)))
        rows.append(row)
    head = [words.text("Address"), words.text("Page"), words.text("Clicks")]
    if not subject.scope.edition:
        head.insert(1, words.text("Edition"))
    return Table("links", _name(Measure.LINKS, words), head, rows, [words.text(RULES[Measure.LINKS])])


def _formats(look: Look) -> Table | None:
    return _plain(look, Measure.FORMAT, "Downloads", "Format", Measure.DOWNLOADS, _FORMATS)


def _ways(look: Look) -> Table | None:
    return _plain(look, Measure.WAY, "Shared", "Way", Measure.SHARES, _WAYS)


def _devices(look: Look) -> Table | None:
    return _plain(look, Measure.DEVICE, "Devices", "Device", Measure.DEVICE, _DEVICES)


def _countries(look: Look) -> Table | None:
    words = look.words
    found = look.made[Measure.COUNTRY]
    if not found:
        return None
    territories = Locale.parse(words.language).territories
    named = [(territories.get(code, code) if code else words.text(UNKNOWN), number) for code, number in found]
    rows: list[list[Cell]] = [[str(name), number] for name, number in named]
    head = [words.text("Country"), _name(Measure.VISITS, words)]
    return Table("countries", words.text("Countries"), head, rows, [words.text(RULES[Measure.COUNTRY])])


def _referrers(look: Look) -> Table | None:
    title = "Where visits come from"
    return _plain(look, Measure.REFERRER, title, "Site", Measure.REFERRER, {"": UNTOLD})


def _plain(
    look: Look,
    measure: Measure,
    title: str,
    head: str,
    rule: Measure,
    named: dict[str, str] | None = None,
) -> Table | None:
    """A table of names with a number each; None where there is nothing."""
    words, found = look.words, look.made[measure]
    if not found:
        return None
    said = {name: words.text(word) for name, word in (named or {}).items()}
    rows: list[list[Cell]] = [[said.get(name, name), number] for name, number in found]
    is_of_visits = measure in (Measure.DEVICE, Measure.REFERRER)
    last = _name(Measure.VISITS, words) if is_of_visits else words.text("Times")
    return Table(measure.value, words.text(title), [words.text(head), last], rows, [words.text(RULES[rule])])


def _name(measure: Measure, words: wording.Translator) -> str:
    return words.text(NAMES[measure])


def file_rows(table: Table) -> Iterable[Sequence[Cell]]:
    """The rows of a table's file, with the rules of counting below the numbers."""
    yield from table.rows
    if table.rules:
        yield []
        yield from ([rule] for rule in table.rules)
