"""What helpers invite their neighbours with, and staff print for them."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from neighbours import printing, scopes
from neighbours.actions.inviting import invitation_of
from neighbours.models import Helper
from neighbours.views.one_helper import opened
from partnership import clock
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.models import LookUp
from partnership.web.viewing import NOT_KEPT, PortalRequest, public_page


@never_cache
@require_safe
def invite(request: LoggedInRequest) -> HttpResponse:
    """The helper's own link, and what they can print."""
    helper = _own(request)
    if helper is None:
        return redirect("people:me")
    link = printing.join_url(request.partnership, invitation_of(helper=helper, by=request.user))
    words = quote(_("Shall we keep an eye on each other’s homes? Join here:") + f" {link}")
    subject = quote(_("Become a neighbour helper"))
    context = {
        "link": link,
        "joined": scopes.joined_by_invitation_of(helper),
        # Programs for text messages on iPhones want the "&".
        "text_message": f"sms:?&body={words}",
        "email": f"mailto:?subject={subject}&body={words}",
    }
    return render(request, "neighbours/invite.html", context)


@require_safe
def sheet(request: LoggedInRequest, sheet: str) -> HttpResponse:
    """The PDF of one printed sheet with the helper's own link, for that helper; anybody else is sent to their page."""
    helper = _own(request)
    if helper is None:
        return redirect("people:me")
    return _printed(request, helper, sheet, get_language())


@staff_required
@require_safe
def sheet_for(request: LoggedInRequest, pk: int, sheet: str) -> HttpResponse:
    """For a helper who has no printer, or no email; in the language of the helper."""
    helper = opened(request, pk)
    if not helper.is_confirmed:
        raise Http404
    lookups.record_opened(request, helper.person, otherwise=LookUp.Purpose.CALL, now=clock.now())
    return _printed(request, helper, sheet, helper.person.language)


@public_page
def stickers(request: PortalRequest) -> HttpResponse:
    """A page of stickers for windows and letter boxes."""
    return _pdf(printing.stickers(request.partnership, language=get_language()), "stickers")


def _own(request: LoggedInRequest) -> Helper | None:
    """Return the reader as a helper who has an invitation, for its page and all that is printed with it."""
    helper = scopes.own_helper(request.user, request.partnership)
    return helper if helper and helper.is_confirmed and helper.invitation else None


def _printed(request: LoggedInRequest, helper: Helper, sheet: str, language: str) -> HttpResponse:
    if sheet not in printing.INVITATIONS:
        raise Http404
    code = invitation_of(helper=helper, by=request.user)
    response = _pdf(printing.invitation(request.partnership, code, sheet=sheet, language=language), sheet)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _pdf(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
