"""Pages that belong to no room: privacy, accessibility, errors, and what browsers and the administration ask for."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_from_path
from django.views.decorators.cache import never_cache

from partnership.outbox.post import texts_are_on, texts_can_be_answered
from partnership.paper.printed_codes import LASTS
from partnership.paper.typesetting import picture
from partnership.places import lighting
from partnership.web.receipts import forget
from partnership.web.viewing import PortalRequest, public_page

IN_EMAILS = b"""#set page(width: 600pt, height: 100pt, margin: 0pt, fill: rgb("#0b3443"))
#place(bottom, image("street.svg", width: 600pt))"""
ICONS = (
    ("icons/house.svg", "image/svg+xml", "any"),
    ("icons/house-180.png", "image/png", "180x180"),
    ("icons/house-512.png", "image/png", "512x512"),
)


@public_page
def privacy(request: PortalRequest) -> HttpResponse:
    """What is stored about people, for how long and on what ground, for any visitor; with this deployment's figures."""
    context = {
        "texts_are_on": texts_are_on(),
        "texts_can_be_answered": texts_can_be_answered(),
        "backup_days": settings.BACKUPS_KEPT_DAYS,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "printed_days": LASTS.days,
    }
    return render(request, "places/privacy.html", context)


@public_page
def accessibility(request: PortalRequest) -> HttpResponse:
    """The accessibility statement that Danish and Swedish law ask of a public site."""
    return render(request, "places/accessibility.html")


@login_not_required
@never_cache
def finished(request: HttpRequest) -> HttpResponse:
    """Forget what was typed last in this browser, and say so."""
    return forget(request, render(request, "places/finished.html"))


@login_not_required
def was(request: HttpRequest) -> HttpResponse:
    """Redirect /was, which the Danish accessibility agency expects on every public site."""
    return redirect("accessibility")


@public_page
def manifest(request: PortalRequest) -> HttpResponse:
    """What a telephone calls the portal on its home screen: the partnership's name."""
    here = request.partnership
    icons = [{"src": static(path), "type": kind, "sizes": sizes} for path, kind, sizes in ICONS]
    return JsonResponse(
        {
            "name": here.name,
            "short_name": here.short_name,
            "lang": here.language,
            "start_url": "/",
            "display": "browser",
            "background_color": "#f8f5ee",
            "theme_color": "#0b3443",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@public_page(seconds=3600)
def street(request: PortalRequest) -> HttpResponse:
    """The street at the foot of every page, with today's share of lit windows."""
    return HttpResponse(lighting.strip(request.partnership), content_type="image/svg+xml")


@public_page(seconds=3600)
def street_in_emails(request: PortalRequest) -> HttpResponse:
    """The same as a PNG of 600 pixels in width, since mail programs show no SVG."""
    files = {"main.typ": IN_EMAILS, "street.svg": lighting.strip(request.partnership, glow=False)}
    return HttpResponse(picture(files, {}), content_type="image/png")


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we are at fault, in the reader's language first. Reads only what the request has already: the database
    may be what failed.
    """
    here = getattr(request, "partnership", None)
    language = get_language_from_path(request.path_info) or (here.language if here else "")
    context = {"name": here.name if here else "", "language": language}
    return HttpResponse(render_to_string("500.html", context), status=500)


@login_not_required
def admin_login(request: HttpRequest) -> HttpResponse:
    """Send to allauth's log-in page, which limits the attempts and asks for the second factor."""
    if request.user.is_authenticated:
        raise PermissionDenied  # logged in without permission: the log-in page would send them back
    return redirect(f"{reverse('account_login')}?next=/admin/")


@login_not_required
def not_here(request: HttpRequest, *_args: str) -> HttpResponse:
    """Hide a page that a library provides and the portal does not use."""
    raise Http404
