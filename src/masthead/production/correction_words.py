"""What corrections, roles of blocks and their readers' words are called on the screens, in English."""

from __future__ import annotations

from masthead.document.text import Role

HEADING_LEVELS = 4
_ROLES = (
    *(f"heading-{level}" for level in range(1, HEADING_LEVELS + 1)),
    *(role.value for role in Role if role is not Role.HEADING),
)
ROLE_WORDS = (
    *("Headline", "Subheading", "Smaller subheading", "Smallest subheading"),
    *("Standfirst", "Byline", "Paragraph", "List item", "Quotation", "Pull quote", "Caption", "Table", "Sidebar"),
    *("Footnote", "Program text", "Running head", "Page number", "Advertisement"),
)
_WORD_OF_ROLE = dict(zip(_ROLES, ROLE_WORDS, strict=True))
_KINDS = (
    *("block_order", "block_role", "block_text", "block_article", "block_hidden", "table_heads", "article_words"),
    *("article_split", "article_merge", "article_new", "figure_words", "page_language", "page_label", "cover_page"),
    *("page_arrangement", "contents", "edition_words", "cell_text"),
)
KIND_WORDS = (
    *(
        "Order of a page",
        "Role",
        "Words",
        "Moved to an article",
        "Advertisement",
        "Headers of a table",
        "About an article",
    ),
    *("Article divided", "Articles joined", "New article", "Picture", "Language of a page", "Page number", "Cover"),
    *("Pages arranged", "Contents", "Title and language", "Cell of a table"),
)
_WORD_OF_KIND = dict(zip(_KINDS, KIND_WORDS, strict=True))


def role_choices(*, has_grid: bool) -> list[tuple[str, str]]:
    """The roles that a block can be given, by the value of its field; a table only where there is a grid."""
    return [(value, word) for value, word in _WORD_OF_ROLE.items() if has_grid or value != Role.TABLE.value]


def role_value(role: Role, level: int) -> str:
    """A block's role as its field has it."""
    return f"heading-{min(max(1, level), HEADING_LEVELS)}" if role is Role.HEADING else role.value


def role_said(value: str) -> tuple[str, int]:
    """Role and level of a field's value."""
    name, _, level = value.partition("-")
    return name, int(level) if level.isdecimal() else 0


def role_word(value: str) -> str:
    """The English word for a field's value."""
    return _WORD_OF_ROLE.get(value, value)


def kind_word(kind: str) -> str:
    """The English words for a kind of correction."""
    return _WORD_OF_KIND.get(kind, kind)
