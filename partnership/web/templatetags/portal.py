"""Template tags for every page: icons, the street, the spot drawings, the menu and the languages."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from partnership.fields import phone
from partnership.fields.unbroken import unbroken
from partnership.places.models import Partnership
from partnership.places.requests import partnership_of
from partnership.web import menus
from partnership.web.menus import MenuItem, items_for
from partnership.web.viewing import may_lead_elsewhere
from street import drawing as streets
from street import skylines
from written import mailboxes

register = template.Library()
# `{{ user.email|mailbox }}`: a mailbox as its owner knows it.
register.filter("mailbox", mailboxes.readable)
# `<a href="{{ user.email|mailto }}">`: opens an email to this mailbox and to nobody else.
register.filter("mailto", mailboxes.mailto)
# `{{ phone|unbroken }}`: a telephone number that a line does not break inside of.
register.filter("unbroken", unbroken)

ICONS = settings.BASE_DIR / "static" / "vendor" / "dkfds" / "img" / "svg-icons"
DRAWINGS = settings.BASE_DIR / "templates" / "parts" / "drawings"


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A Material symbol as inline SVG, hidden from screen readers: the text next to it must say the same."""
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    body = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", text.strip())
    return mark_safe(  # noqa: S308 - from our own static files
        f'<svg class="icon-svg" viewBox="0 -960 960 960" aria-hidden="true" focusable="false">{body}</svg>'
    )


@register.simple_tag
@lru_cache(maxsize=32)
def drawing(name: str) -> SafeString:
    """A spot drawing of `templates/parts/drawings/`, each for one subject. Decoration only."""
    text = (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8").strip()
    return mark_safe(text)  # noqa: S308 - from our own templates


@register.simple_tag
def street(share: float = 0, sentence: str = "", variant: str = "quiet", skyline: str = "") -> SafeString:
    """The street with `share` (0 to 1) of its windows lit; `variant` is hero or quiet, each at most once on a page."""
    draw = {"hero": streets.hero, "quiet": streets.quiet}[variant]
    behind = skyline or Partnership.Skyline.TOWN
    return mark_safe(draw(float(share or 0), str(sentence), skyline=behind))  # noqa: S308 - the sentence is escaped there


@register.simple_tag(takes_context=True)
def wordmark(context: template.Context) -> SafeString:
    """The mark beside the partnership's name: its own, or the house of all."""
    partnership = getattr(context.get("request"), "partnership", None)
    return mark_safe(skylines.wordmark(partnership.skyline if partnership else Partnership.Skyline.TOWN))  # noqa: S308


@register.filter
def plain_svg(svg: str) -> SafeString:
    """An SVG document made by our own server (a QR code), without its XML declaration, for use inside a page."""
    return mark_safe(re.sub(r"<\?xml.*?\?>", "", svg))  # noqa: S308


@register.filter
def in_fours(key: str) -> str:
    """A long key in groups of four, to be read and typed."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


@register.simple_tag(takes_context=True)
def dial(context: template.Context, number: str) -> SafeString:
    """Return a telephone number as a link that does not break over two lines."""
    href, in_groups = phone.link(number, context["request"].partnership.country)
    return format_html('<a class="nowrap" href="{}">{}</a>', href, unbroken(in_groups))


@register.simple_tag(takes_context=True)
def in_groups(context: template.Context, number: str) -> str:
    """Return a telephone number that is not called from this page, as people read it."""
    return context["request"].partnership.in_groups(number)


@register.simple_tag(takes_context=True)
def own_address(context: template.Context) -> str:
    """Return the address of this page to type from paper, without scheme and query."""
    request = context["request"]
    return partnership_of(request).url(request.path).partition("://")[2]


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[Language]:
    """The partnership's languages, each with the URL of this same page in it; empty without a partnership."""
    request = context.get("request")
    partnership = getattr(request, "partnership", None)
    if request is None or partnership is None:
        return []
    names, current = dict(settings.LANGUAGES), get_language()
    codes = [code for code in partnership.languages if code in names]
    asked = _without_other_sites(request.GET)
    return [Language(code, names[code], _same_page(request, asked, code), code == current) for code in codes]


def in_language(path: str, code: str) -> str:
    """Return the path of the same page in a language; "" for a path without one."""
    prefixed = re.match(r"^/([a-z]{2})(/.*)$", path)
    return f"/{code}{prefixed[2]}" if prefixed and prefixed[1] in dict(settings.LANGUAGES) else ""


def _same_page(request: HttpRequest, asked: QueryDict, code: str) -> str:
    if request.path.startswith(("/accounts/", "/admin/", "/dev/")):
        asked["lang"] = code
        return f"{request.path}?{asked.urlencode()}"
    path = in_language(request.path, code)
    if not path:
        return f"/{code}/"
    return f"{path}?{asked.urlencode()}" if asked else path


def _without_other_sites(query: QueryDict) -> QueryDict:
    """Return a query without values that could lead to another site: anybody can put one into a link to a page."""
    kept = query.copy()
    for name, values in query.lists():
        kept.setlist(name, [value for value in values if not may_lead_elsewhere(value)])
    return QueryDict(kept.urlencode(), mutable=True)


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[MenuItem]:
    """Return the entries of the main menu."""
    return items_for(menus.main, context.get("request"))


@register.simple_tag(takes_context=True)
def footer_menu(context: template.Context) -> list[MenuItem]:
    """Return the pages about a partnership that the footer leads to."""
    return items_for(menus.footer, context.get("request"))


@register.simple_tag(takes_context=True)
def staff_menu(context: template.Context) -> list[MenuItem]:
    """Return the entries of the staff menu; empty for readers who are not staff."""
    return items_for(menus.staff, context["request"])
