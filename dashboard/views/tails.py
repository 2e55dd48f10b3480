"""What came of the talks, for staff."""

from django.http import HttpResponse
from django.shortcuts import render

from dashboard import tails
from partnership.people.access import SignedInRequest, role_required
from partnership.people.models import Role

SHOWN = 60


@role_required(*Role.STAFF)
def after_talks(request: SignedInRequest) -> HttpResponse:
    """Which kinds of talk give most, and each talk's own tail."""
    everything = tails.tails_of(request.partnership, request.partnership.today())
    context = {"formats": tails.by_format(everything), "tails": everything[:SHOWN]}
    return render(request, "dashboard/tails.html", context)
