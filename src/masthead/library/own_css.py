"""Makes a publisher's own CSS safe to serve: nothing is fetched, and nothing outside the branded part is touched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tinycss2

from masthead.library.errors import StyleInvalidError

SCOPE = ".branded"  # the class of the page's body; every selector begins below it
_GROUPS = frozenset({"media", "supports", "container", "layer"})
_ROOTS = frozenset({"html", "body", ":root"})
LONGEST = 20_000  # characters


def safe(css: str) -> str:
    """The CSS with every selector below the scope; raises StyleInvalidError that says what cannot stay.

    It is parsed by the grammar of browsers (CSS Syntax Level 3) and written anew, so that nothing is left which a
    browser would read in another way than we did.
    """
    if len(css) > LONGEST:
        raise StyleInvalidError(f"more than {LONGEST} characters")
    return _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _rules(rules: Iterable[Any]) -> str:
    written = []
    for rule in rules:
        if rule.type == "error":
            raise StyleInvalidError(f"line {rule.source_line}: {rule.message}")
        if rule.type == "qualified-rule":
            written.append(f"{_selectors(rule)} {{ {_declarations(rule)} }}")
        elif rule.lower_at_keyword in _GROUPS and rule.content is not None:
            _no_fetching(rule.prelude, rule.source_line)
            inner = _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            written.append(f"@{rule.lower_at_keyword}{tinycss2.serialize(rule.prelude)}{{\n{inner}\n}}")
        else:
            raise StyleInvalidError(f"line {rule.source_line}: @{rule.lower_at_keyword}")
    return "\n".join(written)


def _selectors(rule: Any) -> str:
    parts: list[list[Any]] = [[]]
    for token in rule.prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    _no_fetching(rule.prelude, rule.source_line)
    return ", ".join(_below_scope(tinycss2.serialize(part).strip(), rule.source_line) for part in parts)


def _below_scope(selector: str, line: int) -> str:
    if not selector or selector[0] in ">+~&":
        raise StyleInvalidError(f"line {line}: a selector is missing")
    first, _, rest = selector.partition(" ")
    return f"{SCOPE} {rest}".strip() if first in _ROOTS else f"{SCOPE} {selector}"


def _declarations(rule: Any) -> str:
    written = []
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if part.type == "error":
            raise StyleInvalidError(f"line {part.source_line}: {part.message}")
        if part.type != "declaration":
            raise StyleInvalidError(f"line {part.source_line}: rules inside rules")
        _no_fetching(part.value, part.source_line)
        important = " !important" if part.important else ""
        written.append(f"{part.name}: {tinycss2.serialize(part.value).strip()}{important};")
    return " ".join(written)


def _no_fetching(tokens: Iterable[Any], line: int) -> None:
    """Raise where something would be fetched, now or by way of a custom property."""
    for token in tokens:
        if token.type in ("url", "error"):
            raise StyleInvalidError(f"line {line}: url()")
        if token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"):
                raise StyleInvalidError(f"line {line}: {token.lower_name}()")
            _no_fetching(token.arguments, line)
        elif hasattr(token, "content") and token.content is not None:
            _no_fetching(token.content, line)
