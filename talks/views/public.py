"""Public pages: the talks, and the forms to ask for one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from partnership import clock
from partnership.people.limits import in_equal_time, may_write_to, status_of, within_limit
from partnership.web.acting import refusal_on_form
from partnership.web.cookies import SignedCookie
from partnership.web.viewing import PortalRequest, public_page
from talks import links, scopes
from talks.actions import bookings, wishes
from talks.formats import FORMATS
from talks.forms.requests import RequestForm, WishForm
from talks.models import arrangement_of
from written.mailboxes import shown

# The cookie that carries the typed address to the receipt; listed on the privacy page.
ASKED = SignedCookie("asked", seconds=600)


@public_page(seconds=60)
def overview(request: PortalRequest) -> HttpResponse:
    """The kinds of talks and the free slots; the same page for everyone."""
    slots = scopes.open_slots(request.partnership, clock.now())[: RequestForm.SLOTS_SHOWN]
    return render(request, "talks/overview.html", {"formats": FORMATS.values(), "slots": slots})


@login_not_required
@in_equal_time
def book(request: PortalRequest) -> HttpResponse:
    """The form for one slot. Errors are shown on the same page, with everything that was typed."""
    now = clock.now()
    slots = scopes.open_slots(request.partnership, now)
    initial = {"slot": request.GET.get("slot"), "format": request.GET.get("format")}
    form = RequestForm(request.POST or None, partnership=request.partnership, slots=slots, initial=initial)
    if request.method == "POST" and form.is_valid() and within_limit(request, form, "talks.book"):
        with refusal_on_form(form, "slot"):
            if may_write_to(request, form.cleaned_data["email"]):
                bookings.request_talk(
                    partnership=request.partnership,
                    slot=form.chosen_slot(),
                    asked=form.talk_request(),
                    submission=form.cleaned_data["submission"],
                    language=request.LANGUAGE_CODE,
                    now=now,
                )
            return _receipt(form.cleaned_data["email"])
        form.let_choose()  # refused: the slot is gone
    return render(request, "talks/book.html", {"form": form}, status=status_of(form))


@login_not_required
@never_cache
def sent(request: PortalRequest) -> HttpResponse:
    """The receipt: the same words whether we know the address or not."""
    asked = ASKED.read(request)
    # A cookie from before an upgrade holds the address alone.
    context = asked if isinstance(asked, dict) else {"email": asked}
    return render(request, "talks/sent.html", {**context, "email": shown(context.get("email"))})


def _receipt(email: str, *, is_wish: bool = False) -> HttpResponse:
    """Redirect to the receipt, which shows the address so that typing errors are noticed.

    It is kept in a cookie only.
    """
    response = redirect("talks:sent")
    ASKED.put(response, {"email": email, "is_wish": is_wish}, path=reverse("talks:sent"))
    return response


@login_not_required
@in_equal_time
def wish(request: PortalRequest) -> HttpResponse:
    """The form for two or three wished days, if no free slot suits. A link that says `again` fills in what the
    association has told us before.
    """
    initial = {"from_hour": "19.00", **_told_before(request)}
    form = WishForm(request.POST or None, partnership=request.partnership, initial=initial)
    if request.method == "POST" and form.is_valid() and within_limit(request, form, "talks.wish"):
        with refusal_on_form(form, "first"):
            if may_write_to(request, form.cleaned_data["email"]):
                wishes.wish_for_days(
                    partnership=request.partnership,
                    asked=form.talk_request(),
                    days=form.days(),
                    from_hour=form.cleaned_data["from_hour"],
                    submission=form.cleaned_data["submission"],
                    language=request.LANGUAGE_CODE,
                    now=clock.now(),
                )
            return _receipt(form.cleaned_data["email"], is_wish=True)
    return render(request, "talks/wish.html", {"form": form}, status=status_of(form))


def _told_before(request: PortalRequest) -> dict[str, Any]:
    """Return what is known from the talk that a signed link names."""
    target = links.read(request.GET.get("again", ""), "again")
    booking = scopes.booking_of_link(request.partnership, target.pk).first() if target else None
    chair = booking.association.chair if booking else None
    if booking is None or chair is None:
        return {}
    association = booking.association
    return {
        **arrangement_of(booking),
        "association": association.name,
        "type": association.kind,
        "homes": association.homes,
        "area": association.area_id,
        "name": chair.name,
        "email": shown(chair.email),
    }
