"""What the head of a page says to search engines, and to those who show a preview of a link to it."""

import re
from html import unescape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from partnership.places.requests import partnership_of
from partnership.web.sitemap import entries, pictures
from partnership.web.templatetags.portal import in_language

register = template.Library()
# What search engines show, and html-validate allows.
LONGEST_TITLE = 70
LOCALES = {"da": "da_DK", "sv": "sv_SE", "en": "en_GB"}


@register.simple_block_tag(takes_context=True)
def remembered(context: template.Context, content: str, name: str) -> SafeString:
    """The content in one line, fit for an attribute too; `{% search_engines %}` says it again as `name`."""
    # Templates have escaped the words, except quotation marks that translators wrote.
    words = mark_safe(re.sub(r"\s+", " ", content).strip().replace('"', "&quot;"))  # noqa: S308
    context.render_context[name] = words
    return words


@register.simple_block_tag(takes_context=True)
def page_title(context: template.Context, content: str) -> SafeString:
    """The title in one line, with the partnership's name after it where both have room in a tab and in search results.

    `{% search_engines %}` says it again.
    """
    # A line of a template that ends before a colon leaves a space there; a tab shows a soft hyphen as a sign.
    own = " ".join(unescape(content).split()).replace(" :", ":").replace("\N{SOFT HYPHEN}", "")
    partnership = getattr(context.get("request"), "partnership", None)
    whole = f"{own} – {partnership.short_name}" if partnership else own
    words = whole if len(whole) <= LONGEST_TITLE else _shortened(own)
    context.render_context["title"] = escape(words)
    return context.render_context["title"]


def _shortened(words: str) -> str:
    """Return what has room in a title, cut after a whole word: half a year is another year."""
    if len(words) <= LONGEST_TITLE:
        return words
    room = words[:LONGEST_TITLE]
    return f"{(room.rpartition(' ')[0] or room[:-1]).rstrip(' ,:–-')}…"


@register.inclusion_tag("parts/search_engines.html", takes_context=True)
def search_engines(context: template.Context) -> dict[str, Any]:
    """The addresses of this page in each language, and what a preview of a link to it shows; `noindex` for a page that
    is not in the sitemap. Stands after what is remembered as title and description.
    """
    if not _is_found(context):
        return {"is_found": False}
    request = context["request"]
    partnership, current = partnership_of(request), get_language()
    addresses = {code: partnership.url(in_language(request.path, code)) for code in partnership.languages}
    return {
        "is_found": True,
        "canonical": partnership.url(request.path),
        "addresses": addresses,
        "own": addresses.get(partnership.language),
        "locale": LOCALES.get(current, current),
        "others": [LOCALES.get(code, code) for code in addresses if code != current],
        "picture": next((partnership.url(reverse(name)) for name in pictures), ""),
        "name": partnership.name,
        "title": context.render_context["title"],
        "description": context.render_context["description"],
    }


def _is_found(context: template.Context) -> bool:
    found = getattr(context.get("request"), "resolver_match", None)
    return found is not None and found.view_name in entries and context["request"].method in ("GET", "HEAD")
