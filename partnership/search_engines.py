"""What search engines read: which pages there are, in which languages, and which to leave out."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partnership.places.models import Partnership
from partnership.places.requests import PortalRequest
from partnership.web.sitemap import Page, entries
from partnership.web.viewing import public_page

# Behind these are a log-in, a secret, or a tool of the demonstration.
NOT_FOR_ROBOTS = ("/accounts/", "/admin/", "/calendar/", "/dev/")
AN_HOUR, A_WEEK = 3600, 7 * 86_400


class Pages(Sitemap):
    """The public pages of one partnership in each of its languages; `x-default` is the page in its own language."""

    i18n = True
    alternates = True

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership

    def get_protocol(self, protocol: Any = None) -> str:
        return urlsplit(self.partnership.url("/")).scheme

    def get_domain(self, site: Any = None) -> str:
        # A reader may have spelled the host in another way.
        return urlsplit(self.partnership.url("/")).netloc

    def items(self) -> list[Page]:
        return [(entry.url_name, arguments) for entry in entries for arguments in entry.pages(self.partnership)]

    def get_languages_for_item(self, _item: Page) -> list[str]:
        return list(self.partnership.languages)

    def location(self, item: Page) -> str:
        url_name, arguments = item
        return reverse(url_name, kwargs=dict(arguments))

    def get_urls(self, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        # Django's own x-default is the address without a language, where this portal has no page.
        urls = super().get_urls(*args, **kwargs)
        for url in urls:
            own = [other for other in url["alternates"] if other["lang_code"] == self.partnership.language]
            url["alternates"] += [other | {"lang_code": "x-default"} for other in own]
        return urls


@public_page(seconds=AN_HOUR)
def sitemap_xml(request: PortalRequest) -> HttpResponse:
    """The public pages of every room, in each language of the partnership."""
    return sitemap(request, {"pages": Pages(request.partnership)}).render()


@public_page(seconds=AN_HOUR)
def robots_txt(request: PortalRequest) -> HttpResponse:
    """What search engines are to leave out, and where the sitemap is."""
    closed = [f"Disallow: {path}" for path in NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {request.partnership.url('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_WEEK)
def favicon(_request: HttpRequest) -> HttpResponse:
    """Redirect to the icon: browsers and search engines that read no page ask for this address."""
    return redirect(static("icons/favicon.ico"))
