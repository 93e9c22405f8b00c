"""Brings the catalogues up to what the sources say: python -m masthead.wording.renew [NEW.tsv].

New sentences are added with an empty translation, those that no source says any more go, and each entry names its
sources anew. A line of NEW.tsv gives translations: a language, the English sentence, then its translation, or all
forms of a plural in the order of `catalogue.categories`; tabs between them, and \\n for a new line within one.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from masthead.wording.catalogue import PLACEHOLDER, SOURCE_LANGUAGE, catalogue, categories, languages
from masthead.wording.gather import gather

ROOT: Final = Path(__file__).parents[3]  # of the checkout
Given = Mapping[tuple[str, str], Sequence[str]]  # (language, English): the translation or its forms


def renewed(language: str, sources: Mapping[tuple[str, str], list[str]], given: Given) -> Catalog:
    """The catalogue of a language with just the sentences of the sources; `sources`: files by (singular, plural)."""
    old = {_singular(message): message for message in catalogue(language) if message.id}
    new = Catalog(locale=language, fuzzy=False)
    for (one, many), files in sorted(sources.items()):
        strings = given.get((language, one)) or _strings(old.get(one))
        flags = ["python-brace-format"] if PLACEHOLDER.search(one + many) else []
        locations = [(file, 0) for file in files]  # 0: the file says enough, and lines move
        if many:
            count = len(categories(language))
            forms = tuple(strings) if len(strings) == count else ("",) * count
            new.add((one, many), forms, locations=locations, flags=flags)
        else:
            new.add(one, strings[0] if strings else "", locations=locations, flags=flags)
    return new


def written(head: str, entries: Catalog) -> str:
    """The file of a catalogue: the head it had, then entries in the order of their sentences."""
    file = BytesIO()
    write_po(file, entries, width=0, omit_header=True)
    return f"{head}\n\n{file.getvalue().decode().strip()}\n"


def read_given(path: Path) -> Given:
    """Translations from a table with tabs. ValueError: a line has fewer than three cells."""
    given: dict[tuple[str, str], Sequence[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.replace("\\n", "\n") for cell in line.split("\t")] if line.strip() else ["", "", ""]
        language, one, *strings = cells if len(cells) > 1 else [*cells, ""]
        if not strings:
            raise ValueError(f"{path}, line {number}: a language, a sentence and its translation are wanted.")
        if language:
            given[language, one] = strings
    return given


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message | None) -> Sequence[str]:
    if message is None or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def main(arguments: Sequence[str]) -> None:
    """Renew all catalogues of this checkout and say which sentences lack a translation."""
    given = read_given(Path(arguments[0])) if arguments else {}
    sources: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sentence in gather(ROOT):
        sources[sentence.one, sentence.many].append(sentence.path)
    for language in languages():
        if language == SOURCE_LANGUAGE:
            continue
        entries = renewed(language, sources, given)
        path = Path(__file__).parent / "catalogues" / f"{language}.po"
        head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
        path.write_text(written(head, entries), encoding="utf-8")
        for message in entries:
            if message.id and not all(_strings(message) or ("",)):
                lacking = _singular(message).replace("\n", "\\n")
                sys.stdout.write(f"{language}\t{lacking}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
