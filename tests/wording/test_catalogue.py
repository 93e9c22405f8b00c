"""Sentences in their languages: fallback, placeholders, plurals, and catalogues that are complete."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from masthead import wording
from masthead.wording.catalogue import PLACEHOLDER, catalogue, categories
from masthead.wording.compile import write
from masthead.wording.gather import gather as gather_now
from masthead.wording.renew import read_given, renewed, written

ROOT = Path(__file__).parents[2]
gather = cache(gather_now)
TRANSLATED = [language for language in wording.languages() if language != "en"]


def test_ships_english_german_arabic():
    assert set(wording.languages()) >= {"en", "de", "ar"}
    assert wording.languages()[0] == "en"


@pytest.mark.parametrize(
    ("tag", "shipped"), [("de-AT", "de"), ("ar_EG", "ar"), ("xx", "en"), ("und", "en"), ("EN", "en")]
)
def test_nearest_language(tag: str, shipped: str):
    assert wording.translator(tag).language == shipped


def test_direction():
    assert wording.direction("ar") == "rtl"
    assert wording.direction("de") == "ltr"
    assert wording.direction("und") == "ltr"


def test_missing_translation_reads_as_english():
    assert wording.text("de", "A sentence nobody translated: {name}", name="x") == "A sentence nobody translated: x"


def test_values_are_not_read_as_placeholders():
    assert wording.text("en", "Page {label}", label="{total}") == "Page {total}"


def test_arabic_has_six_forms():
    ar = wording.translator("ar")
    assert categories("ar") == ("zero", "one", "two", "few", "many", "other")
    shown = [ar.plural("{count} page", "{count} pages", n) for n in (0, 1, 2, 3, 11, 100)]
    assert len(set(shown)) == 6
    assert "11" in shown[4]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_sources_is_translated(language: str):
    words = wording.translator(language)
    missing = [
        sentence.one
        for sentence in gather(ROOT)
        if sentence.one not in (words.forms if sentence.many else words.singular)
    ]
    assert not missing, f"add to {language}.po: {missing}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_has_nothing_unused(language: str):
    used = {sentence.one for sentence in gather(ROOT)}
    assert not [msgid(message) for message in catalogue(language) if message.id and msgid(message) not in used]


@pytest.mark.parametrize("language", TRANSLATED)
def test_sources_named_in_the_catalogue_are_those_that_use_it(language: str):
    """The reader is given the messages that name one of its sources, so these names have to be right."""
    reader = {sentence.one for sentence in gather(ROOT) if sentence.path.startswith("reader/")}
    named = {msgid(m) for m in catalogue(language) if any(path.startswith("reader/") for path, _ in m.locations)}
    assert reader <= named


def msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_agree(language: str):
    for message in catalogue(language):
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(msgid(message)))
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        for at, string in enumerate(strings):
            found = set(PLACEHOLDER.findall(string))
            # "one page", "no pages" may do without the digit.
            spelled = len(strings) > 1 and categories(language)[at] in ("zero", "one", "two")
            assert found == wanted or (spelled and found == wanted - {"count"}), string


@pytest.mark.parametrize("language", TRANSLATED)
def test_all_plural_forms_are_there(language: str):
    for message in catalogue(language):
        if not isinstance(message.id, str):
            assert len(message.string) == len(categories(language))
            assert all(message.string)


def test_no_sentence_is_a_raw_key():
    raw = re.compile(r"^[a-z0-9]+([._][a-z0-9]+)+$")
    assert not [sentence.one for sentence in gather(ROOT) if raw.match(sentence.one)]


def test_compiled_for_the_reader(tmp_path: Path):
    written = write(tmp_path / "strings")
    assert {path.stem for path in written} == set(wording.languages())
    arabic = json.loads((tmp_path / "strings" / "ar.json").read_text("utf-8"))
    assert arabic["direction"] == "rtl"
    assert set(arabic["messages"]["{count} page"]) == {"zero", "one", "two", "few", "many", "other"}
    assert "Page not found" not in arabic["messages"], "sentences of the server stay there"


def test_catalogues_are_renewed_from_the_sources(tmp_path: Path):
    table = tmp_path / "new.tsv"
    table.write_text("de\tTwo\\nlines\tZwei\\nZeilen\nde\t{count} kite\t{count} Drache\t{count} Drachen\n\n", "utf-8")
    sources = {
        ("Search", ""): ["b.ts"],
        ("Two\nlines", ""): ["a.py", "c.py"],
        ("{count} kite", "{count} kites"): ["d.py"],
    }
    entries = renewed("de", sources, read_given(table))
    assert {str(message.id): message.string for message in entries if message.id} == {
        "Search": catalogue("de")["Search"].string,  # what was translated stays
        "Two\nlines": "Zwei\nZeilen",
        "('{count} kite', '{count} kites')": ("{count} Drache", "{count} Drachen"),
    }
    text = written('msgid ""', entries)
    assert text.startswith('msgid ""\n\n#: b.ts\nmsgid "Search"')
    assert "#: a.py c.py\n" in text
    without = renewed("de", {("Nobody has said this", ""): ["a.py"]}, {})
    assert without["Nobody has said this"].string == ""
    table.write_text("de\tOnly one\n", "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        read_given(table)
