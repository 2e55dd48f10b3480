"""The follow-up of talks, for staff."""

from django.http import HttpResponse
from django.shortcuts import render

from dashboard import follow_up
from partnership.people.access import LoggedInRequest, staff_required

SHOWN = 60


@staff_required
def after_talks(request: LoggedInRequest) -> HttpResponse:
    """Which kinds of talk lead to most helpers, and the follow-up of each talk."""
    everything = follow_up.follow_up_of(request.partnership, request.partnership.today())
    context = {"formats": follow_up.by_format(everything), "talks": everything[:SHOWN]}
    return render(request, "dashboard/follow_up.html", context)
