"""Writes the reader's sentences as JSON, one file for each language: python -m masthead.wording.compile OUTDIR."""

import json
import sys
from pathlib import Path

from masthead.wording.catalogue import catalogue, categories, direction, languages

# A message belongs to the reader if its catalogue entry names a source below this folder.
READER = "reader/"


def reader_messages(language: str) -> dict[str, str | dict[str, str]]:
    """Translations by English sentence; a plural, by its singular, holds a sentence for each CLDR category."""
    messages: dict[str, str | dict[str, str]] = {}
    for message in catalogue(language):
        if not message.id or not any(path.startswith(READER) for path, _ in message.locations):
            continue
        if isinstance(message.id, str):
            if message.string:
                messages[message.id] = str(message.string)
        else:
            messages[message.id[0]] = dict(zip(categories(language), message.string or (), strict=True))
    return messages


def write(folder: Path) -> list[Path]:
    """Write `{language}.json` for every shipped language into a folder, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in languages():
        path = folder / f"{language}.json"
        content = {"language": language, "direction": direction(language), "messages": reader_messages(language)}
        path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    write(Path(sys.argv[1]))
