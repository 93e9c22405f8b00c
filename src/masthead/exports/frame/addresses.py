"""Where things are, for whoever writes HTML: absolute paths on a server, or relative ones in a folder of files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """Bases end with a slash. `origin` ("https://example.org") makes addresses absolute where readers need them so."""

    home: str = "/"
    build: str = "/b/none/"
    reader: str = "/reader/"
    origin: str = ""
    tiles: bool = False

    def page(self, number: int) -> str:
        """The address of a page's HTML; the first page is the edition's own address."""
        return f"{self.home}page/{number}"

    @property
    def all_pages(self) -> str:
        """The list of all pages."""
        return f"{self.home}pages"

    def file(self, path: str) -> str:
        """A file of the build."""
        return f"{self.build}{path}"

    @property
    def tile_template(self) -> str:
        """Template of the sharp tiles, empty where none are made."""
        return f"{self.build}tiles/{{page}}/{{width}}/{{x}}/{{y}}.webp" if self.tiles else ""

    def absolute(self, address: str) -> str:
        """The address with its origin, for link previews."""
        return f"{self.origin}{address}"
