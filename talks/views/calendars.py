"""Calendar feeds: made, renewed and stopped by their owner, and fetched by calendar programs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership import clock
from partnership.people.access import LoggedInRequest
from partnership.web.viewing import PortalRequest
from talks.actions import calendars
from talks.calendars import feeds


@login_not_required
@require_safe
def feed(request: PortalRequest, token: str) -> HttpResponse:
    """The .ics file of a current address; 304 if it is unchanged, 410 for a revoked address, 404 for any other."""
    found = feeds.find(token, request.partnership)
    calendar = feeds.render(found, clock.now())
    etag = feeds.etag(calendar)
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    for name, value in (("ETag", etag), ("Cache-Control", "private, no-cache"), ("X-Robots-Tag", "noindex")):
        response.headers[name] = value
    return response


@require_POST
def renew(request: LoggedInRequest, kind: str) -> HttpResponse:
    """Make the address, or a new one that replaces the old."""
    if kind not in feeds.kinds_for(request.user, request.partnership):
        raise Http404
    calendars.renew(person=request.user, partnership=request.partnership, kind=kind, now=clock.now())
    messages.success(request, _("Here is the calendar link. If there was one before, it no longer works."))
    return redirect("talks:slots")


@require_POST
def revoke(request: LoggedInRequest, kind: str) -> HttpResponse:
    """On POST by its owner, end the calendar link for good, and go back to the page of evenings."""
    calendars.revoke(person=request.user, partnership=request.partnership, kind=kind)
    messages.success(request, _("The calendar link no longer works."))
    return redirect("talks:slots")
