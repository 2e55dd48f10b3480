"""A person's own sign-ins."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entrance.actions.ending import end
from entrance.scopes import own_sign_ins
from partnership import clock
from partnership.people.access import SignedInRequest


@require_POST
def end_sign_in(request: SignedInRequest, number: str) -> HttpResponse:
    """End one of the reader's sign-ins; their own browser's too."""
    chosen = [one.row for one in own_sign_ins(request, clock.now()) if one.number == number]
    return _ended(request, end(sessions=chosen, of=request.user))


@require_POST
def end_others(request: SignedInRequest) -> HttpResponse:
    """End all of the reader's sign-ins but this browser's."""
    others = [one.row for one in own_sign_ins(request, clock.now()) if not one.is_this_one]
    return _ended(request, end(sessions=others, of=request.user))


def _ended(request: SignedInRequest, number: int) -> HttpResponse:
    if number:
        messages.success(request, _("Signed out there."))
    else:
        messages.info(request, _("That sign-in had ended already."))
    return redirect("people:me")
