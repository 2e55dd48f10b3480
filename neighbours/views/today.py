"""What the helper's own page and staff's page of a helper do alike: note a first thing for today, or take it back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404

from neighbours.first_things import first_thing
from partnership import clock
from partnership.people.access import LoggedInRequest
from partnership.people.models import User
from partnership.web.acting import say_outcome


def change_today(
    request: LoggedInRequest, person: User, thing: str, change: Callable[..., bool], *, done: str, not_needed: str
) -> None:
    """Let `change` note or take back a thing of `person`, and say what was done; 404 for a thing that is none."""
    found = first_thing(thing)
    if found is None:
        raise Http404
    with say_outcome(request):
        if change(person=person, thing=found, by=request.user, now=clock.now()):
            messages.success(request, done)
        else:
            messages.info(request, not_needed)
