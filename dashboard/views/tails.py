"""What came of the talks, for staff."""

from django.http import HttpResponse
from django.shortcuts import render

from dashboard import tails
from partnership.people.access import SignedInRequest, staff_required

SHOWN = 60


@staff_required
def after_talks(request: SignedInRequest) -> HttpResponse:
    """Which kinds of talk give most, and each talk's own tail."""
    everything = tails.tails_of(request.partnership, request.partnership.today())
    context = {"formats": tails.by_format(everything), "tails": everything[:SHOWN]}
    return render(request, "dashboard/tails.html", context)
