"""Staff note that an association is still right, as it has told them: what our yearly letter asks for."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.people import lookups, scopes
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions import organisations
from partnership.people.models import LookUp, User
from partnership.people.staff.call_desk import CallTask
from partnership.web.acting import say_outcome
from partnership.web.viewing import fetch

MOST = 2


def confirming(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Iterator[CallTask]:
    """Yield the associations that a caller speaks for and nobody has confirmed this year."""
    theirs = scopes.associations_to_confirm(viewer, request.partnership, now).spoken_for_by(person)
    for association in theirs[:MOST]:
        yield CallTask(
            _("Say that %(association)s is still right") % {"association": association.title},
            reverse("people:confirm_association", args=[association.pk]),
            _("Once a year we ask whether what we know of you is still right. I read it out."),
        )


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_association(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Read out what we know of an association; on POST note that it is still right."""
    now = clock.now()
    association = fetch(scopes.associations_to_confirm(request.user, request.partnership, now), pk=pk)
    shown = [one for one in (association.chair, association.deputy) if one]
    if request.method == "POST":
        with say_outcome(request, _("It is noted that the association is right, for this year.")):
            organisations.confirm_in_a_call(organisation=association, now=now)
        return redirect("people:person", pk=shown[0].pk)
    lookups.record_shown(request, shown, otherwise=LookUp.Purpose.OTHER, seen_on=LookUp.SeenOn.PAGE, now=now)
    return render(request, "people/staff/confirm_association.html", {"association": association})
