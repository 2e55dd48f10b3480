"""Coordinates, lengths, texts and lines as SVG needs them."""

from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

TEXT_HEIGHT = 18  # that a line of text needs, in px


def percent_of(value: float) -> SafeString:
    """Return an x coordinate for SVG; a template need not escape it, since it is made of digits."""
    return SafeString(f"{value:.2f}%")


def px(value: float) -> SafeString:
    """Return a length for SVG with one decimal; a template need not escape it."""
    return SafeString(f"{value:.1f}")


@dataclass(frozen=True, slots=True)
class Text:
    """A text at a point; `anchor` is SVG's text-anchor."""

    x: str
    y: str
    text: str
    anchor: str = "middle"


def text_at(x: str, y: str, words: str, name: str, more: str = "") -> str:
    """Return a text at a point, with the names of its classes; the words are escaped."""
    return f'<text class="{name}" x="{x}" y="{y}"{more}>{escape(words)}</text>'


def across(y: str, name: str, x1: str = "0", x2: str = "100%") -> str:
    """Return a horizontal line, as wide as the chart unless told."""
    return f'<line class="{name}" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"></line>'


def whole(height: int, parts: list[str]) -> SafeString:
    """Return a drawing. Its numbers stand in the table below it, so it is hidden from screen readers."""
    begin = f'<svg class="chart" width="100%" height="{height}" aria-hidden="true" focusable="false">'
    return SafeString("\n".join([begin, *parts, "</svg>"]))
