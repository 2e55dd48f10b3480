"""Markdown to safe HTML, and to the plain text that the search reads."""

import re

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


def to_html(markdown: str) -> SafeString:
    """Safe HTML; whatever HTML the Markdown itself holds is escaped."""
    return mark_safe(MARKDOWN.render(markdown))  # noqa: S308 - see MARKDOWN


def plain_text(markdown: str) -> str:
    """The words of a Markdown text without signs, addresses and placeholders."""
    tokens = MARKDOWN.parse(PLACEHOLDER.sub(" ", markdown))
    words = [_inline_text(token) for token in tokens if token.type in ("inline", "fence", "code_block")]
    return SPACES.sub(" ", " ".join(words)).strip()


def _inline_text(token) -> str:
    if not token.children:
        return token.content
    return "".join(child.content or " " for child in token.children if child.type != "html_inline")
