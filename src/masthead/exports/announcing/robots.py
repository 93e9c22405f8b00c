"""What robots may do with an edition, and the names of those that gather text to train language models."""

from __future__ import annotations

from collections.abc import Iterable

# Each says in its own documentation that it obeys robots.txt under this name.
AI_CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "meta-externalagent",
    "omgili",
    "PerplexityBot",
    "Timpibot",
    "YouBot",
)
_CLOSED = ("/office/", "/account/", "/*/b/*/source.pdf", "/*/embed")


def rules(*, indexed: bool, ai_crawlers: bool) -> str:
    """The value of the robots meta element and of X-Robots-Tag; empty where everything is allowed."""
    words = [] if indexed else ["noindex"]
    return ", ".join(words if ai_crawlers else [*words, "noai", "noimageai"])


def robots_txt(sitemap: str, without_ai: Iterable[str], closed: tuple[str, ...] = _CLOSED) -> str:
    """The file. `without_ai` are paths of editions that keep out the robots of `AI_CRAWLERS`.

    What must not be indexed is not named: a robot that may not fetch a page never reads there that it must not keep it.
    """
    shut = [f"Disallow: {path}" for path in closed]
    lines = ["User-agent: *", "Allow: /", *shut]
    without = list(without_ai)
    if without:
        lines += [
            "",
            *(f"User-agent: {name}" for name in AI_CRAWLERS),
            *(f"Disallow: {path}" for path in without),
            *shut,
        ]
    return "\n".join([*lines, "", f"Sitemap: {sitemap}", ""])
