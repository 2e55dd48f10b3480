"""The URLs of the portal. Pages have a language prefix; URLs for machines have none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path

from partnership import health, pages, search_engines
from partnership.web.viewing import PortalRequest

ROOMS = [
    "dashboard.urls",
    "partnership.people.urls",
    "partnership.outbox.urls",
    "entrance.urls",
    "neighbours.urls",
    "talks.urls",
    "advice.urls",
]
# For machines.
ROOMS_WITHOUT_LANGUAGE = [
    "entrance.urls_unprefixed",
    "partnership.outbox.urls_unprefixed",
    "talks.urls_unprefixed",
]


@login_not_required
def to_own_language(request: PortalRequest) -> HttpResponse:
    """Redirect the bare address to the front page in the partnership's own language."""
    return redirect(f"/{request.partnership.language}/")


urlpatterns = [
    path("", to_own_language),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("was", pages.was, name="was"),
    path("robots.txt", search_engines.robots_txt),
    path("sitemap.xml", search_engines.sitemap_xml),
    path("favicon.ico", search_engines.favicon),
    path("street.svg", pages.street, name="street"),
    path("street.png", pages.street_in_emails, name="street_in_emails"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    # People have no password, do not sign up for an account and do not add addresses to it: they log in with an emailed
    # code or a passkey. allauth's pages for the rest are hidden, and so is its own page to ask for codes.
    re_path("^accounts/(password|email|confirm-email|signup)/", pages.not_here),
    # Before allauth's: some of its pages are the entrance's.
    *(path("", include(urls)) for urls in ROOMS_WITHOUT_LANGUAGE),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", pages.admin_login),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        *(path("", include(urls)) for urls in ROOMS),
        path("privacy/", pages.privacy, name="privacy"),
        path("accessibility/", pages.accessibility, name="accessibility"),
        path("finished/", pages.finished, name="finished"),
        prefix_default_language=True,
    ),
]

handler500 = pages.server_error

if settings.DEBUG:
    urlpatterns += [path("dev/", include("demo.urls"))]
