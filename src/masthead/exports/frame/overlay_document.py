"""The document of an HTML overlay, and the policy that shuts it off: own scripts, no network, nobody's cookies."""

from __future__ import annotations

from typing import Final

from markupsafe import escape

_SOURCES: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; media-src data: blob:; base-uri 'none'; form-action 'none'"
)
POLICY: Final = f"sandbox allow-scripts allow-popups; {_SOURCES}"


def document_of(html: str, title: str, language: str) -> str:
    """What stands in the frame. It says its policy itself too, for where it lies as a file without headers."""

    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_SOURCES)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n{html}\n</body>\n</html>\n"
    )
