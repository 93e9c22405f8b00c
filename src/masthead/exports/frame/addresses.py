"""Where things are, for whoever writes HTML: absolute paths on a server, or relative ones in a folder of files."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from masthead.exports.frame.belonging import Belonging


@dataclass(frozen=True, slots=True)
class Addresses:
    """Bases end with a slash. `origin` ("https://example.org") makes addresses absolute where readers need them so.

    `language` is set where somebody asked for one in the address: links to pages then ask for it too. `tail` ends the
    addresses of pages and articles where each is a folder. `base` is the edition's own absolute address where `home` is
    a relative one. `jpegs` says that pictures of pages can be had as JPEG too, at the addresses of IIIF.
    """

    home: str = "/"
    build: str = "/b/none/"
    reader: str = "/reader/"
    origin: str = ""
    tiles: bool = False
    language: str = ""
    tail: str = ""
    base: str = ""
    icon: str = "/favicon.svg"
    jpegs: bool = False
    offers_source: bool = True  # the PDF may be had
    belonging: Belonging | None = None

    @property
    def first(self) -> str:
        """The edition's own address: its first page."""
        return f"{self.home}{self._query}"

    def page(self, number: int) -> str:
        """The address of a page's HTML."""
        return f"{self.home}page/{number}{self.tail}{self._query}"

    def article(self, slug: str) -> str:
        """The address of an article's HTML."""
        return f"{self.home}article/{quote(slug, safe='')}{self.tail}{self._query}"

    @property
    def all_articles(self) -> str:
        """The list of all articles."""
        return f"{self.home}articles{self.tail}{self._query}"

    @property
    def all_pages(self) -> str:
        """The list of all pages."""
        return f"{self.home}pages{self.tail}{self._query}"

    def canonical(self, number: int) -> str:
        """The one address that search engines keep for a page: the first page's is the edition's own."""
        return self.absolute(self.home if number == 1 else f"{self.home}page/{number}{self.tail}")

    def canonical_article(self, slug: str) -> str:
        """The one address that search engines keep for an article."""
        return self.absolute(f"{self.home}article/{quote(slug, safe='')}{self.tail}")

    def jpeg(self, number: int, width: int, height: int) -> str:
        """The picture of a page as JPEG, in one of the sizes (pixels) that were made."""
        return f"{self.home}iiif/{number}/full/{width},{height}/0/default.jpg"

    def file(self, path: str) -> str:
        """A file of the build."""
        return f"{self.build}{path}"

    @property
    def tile_template(self) -> str:
        """Template of the sharp tiles, empty where none are made."""
        return f"{self.build}tiles/{{page}}/{{width}}/{{x}}/{{y}}.webp" if self.tiles else ""

    @property
    def _query(self) -> str:
        return f"?lang={self.language}" if self.language else ""

    def absolute(self, address: str) -> str:
        """The address with its origin, for link previews."""
        if self.base and address.startswith(self.home):
            return self.base + address.removeprefix(self.home)
        return f"{self.origin}{address}"
