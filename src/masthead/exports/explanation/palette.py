"""The colour and the name of each role in a drawing, and colours that tell neighbouring articles apart."""

from __future__ import annotations

from masthead.document.text import Role

# White numbers stand on these: each has at least 4.5 : 1 to white (WCAG 2.2, 1.4.3).
ROLE_COLOURS = {
    Role.HEADING: "#9c2f1b",
    Role.STANDFIRST: "#a8480f",
    Role.BYLINE: "#8a5a00",
    Role.PARAGRAPH: "#2461a8",
    Role.LIST_ITEM: "#0b7285",
    Role.QUOTATION: "#5f3dc4",
    Role.PULL_QUOTE: "#862e9c",
    Role.CAPTION: "#2b7a3d",
    Role.TABLE: "#0f766e",
    Role.SIDEBAR: "#7a6400",
    Role.FOOTNOTE: "#51606f",
    Role.CODE: "#3d4852",
    Role.RUNNING_HEAD: "#6b6b6b",
    Role.FOLIO: "#6b6b6b",
    Role.ADVERTISEMENT: "#b0125a",
}
FIGURE_COLOUR = "#2b7a3d"
GROUP_COLOUR = "#1d1b18"

ROLE_WORDS = {
    Role.HEADING: "Heading",
    Role.STANDFIRST: "Standfirst",
    Role.BYLINE: "Byline",
    Role.PARAGRAPH: "Paragraph",
    Role.LIST_ITEM: "List item",
    Role.QUOTATION: "Quotation",
    Role.PULL_QUOTE: "Pull quote",
    Role.CAPTION: "Caption",
    Role.TABLE: "Table",
    Role.SIDEBAR: "Sidebar",
    Role.FOOTNOTE: "Footnote",
    Role.CODE: "Code",
    Role.RUNNING_HEAD: "Running head",
    Role.FOLIO: "Page number",
    Role.ADVERTISEMENT: "Advertisement",
}

_ARTICLE_COLOURS = ("#e8590c", "#1c7ed6", "#2f9e44", "#9c36b5", "#e0a800", "#0c8599", "#c2255c", "#5c940d")


def article_colour(index: int) -> str:
    """The colour of the article at this place in the document; neighbours differ."""
    return _ARTICLE_COLOURS[index % len(_ARTICLE_COLOURS)]
