"""Markdown to safe HTML, and to the plain text that the search reads."""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from advice.articles import PLACEHOLDER

# html=False: a tag in a text is shown as written, never obeyed; markdown-it refuses javascript: addresses itself.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
SPACES = re.compile(r"\s+")


def fill(text: str, numbers: tuple[str, str]) -> str:
    """The text with the partnership's emergency number and police number in their places."""
    known = {"emergency": numbers[0], "police": numbers[1]}
    return PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), text)


@dataclass(frozen=True)
class Body:
    """A text as safe HTML, and the parts that its headings begin: (anchor, heading)."""

    html: SafeString
    parts: list[tuple[str, str]]


def to_html(markdown: str) -> Body:
    """The text of an article; whatever HTML the Markdown itself holds is escaped."""
    tokens = MARKDOWN.parse(markdown)
    parts: list[tuple[str, str]] = []
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag == "h2":
            anchor = f"part-{len(parts) + 1}"
            heading.attrSet("id", anchor)
            parts.append((anchor, SPACES.sub(" ", _inline_text(words)).strip()))
    return Body(mark_safe(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})), parts)  # noqa: S308 - see MARKDOWN


def plain_text(markdown: str) -> str:
    """The words of a Markdown text without signs, addresses and placeholders."""
    tokens = MARKDOWN.parse(PLACEHOLDER.sub(" ", markdown))
    words = [_inline_text(token) for token in tokens if token.type in ("inline", "fence", "code_block")]
    return SPACES.sub(" ", " ".join(words)).strip()


def _inline_text(token) -> str:
    if not token.children:
        return token.content
    return "".join(child.content or " " for child in token.children if child.type != "html_inline")
