"""Public pages: the talks, and the forms to ask for one."""

import contextlib
import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from partnership import clock
from partnership.people.limits import is_valid_within_limit, may_read, status_of
from partnership.people.models import ASSOCIATIONS, User
from partnership.people.rules import may_see_person
from partnership.people.scopes import organisations_in_view
from partnership.places.models import Partnership
from partnership.web.acting import refusal_on_form
from partnership.web.months import by_month
from partnership.web.receipts import forget_another
from partnership.web.timing import in_equal_time
from partnership.web.viewing import PortalRequest, fetch, public_page
from talks import links, scopes
from talks.formats import FORMATS
from talks.forms.associations import fields_of
from talks.forms.limits import limits_in_words
from talks.forms.requests import RequestForm, WishForm
from talks.languages import given_in
from talks.models import Booking, Slot, SlotQuerySet, arrangement_of
from talks.views import asking
from talks.when import was_moved
from written.mailboxes import readable

OTHERS_SHOWN, OPEN_SHOWN = 5, 10


@public_page(seconds=60, reads={"month": re.compile(r"20\d\d-\d\d|all", re.ASCII).fullmatch})
def overview(request: PortalRequest) -> HttpResponse:
    """The kinds of talks, and the free slots of one month, or of all for paper; the same page for everyone."""
    here, now = request.partnership, clock.now()
    context = {
        "formats": FORMATS.values(),
        "open_talks": scopes.open_talks(here, now)[:OPEN_SHOWN],
        **_evenings(scopes.open_slots(here, now), here, request.GET.get("month", "")),
    }
    return render(request, "talks/overview.html", context)


def _evenings(free: SlotQuerySet, here: Partnership, asked: str) -> dict[str, Any]:
    """Return the months with free slots, and the slots of the one that is asked for ("2027-01", or "all" of them), or
    of the first.
    """
    months = [(f"{first:%Y-%m}", first, count) for first, count in free.counted_by_month(here.zone).items()]
    index = next((index for index, (key, *_rest) in enumerate(months) if key == asked), 0)
    is_all = asked == "all"
    slots = list(free if is_all or not months else free.in_month(months[index][1], here.zone))
    limits = limits_in_words(slots, here)
    listed = [
        (month, [(on, slot, limits[slot.pk]) for on, slot in month.slots]) for month in by_month(slots, here.zone)
    ]
    month, evenings = listed[0] if listed else (None, [])
    return {
        "months": months,
        "month": month,
        "evenings": evenings,
        "later": months[index + 1 : index + 2],
        "others": months[:index] + months[index + 1 :],
        "all_months": listed if is_all else [],
    }


@public_page(seconds=60)
def open_talk(request: PortalRequest, pk: int) -> HttpResponse:
    """A talk to which everybody is welcome, or what has become of it; the same page for everyone."""
    here, now = request.partnership, clock.now()
    talk = fetch(scopes.posters_talk(here, pk))
    context = {"booking": talk, "is_moved": was_moved(talk), "given_in": given_in(talk, get_language() or "")}
    if talk.state == Booking.State.CONFIRMED and talk.ends_at > now:
        return render(request, "talks/open.html", context)
    context["others"] = scopes.open_talks(here, now)[:OTHERS_SHOWN]
    context["took_place"] = talk.state in (Booking.State.CONFIRMED, Booking.State.TOOK_PLACE)
    return render(request, "talks/no_longer_open.html", context)


@login_not_required
@never_cache
@in_equal_time
def book(request: PortalRequest) -> HttpResponse:
    """The form for one slot. Errors are shown on the same page, with everything that was typed."""
    here, now = request.partnership, clock.now()
    slots, before = scopes.open_slots(here, now), asking.typed_before(request, asking.BOOK)
    held = scopes.held_by_form(here, now, request.POST.get("submission", ""))
    if before and before.fields:
        held |= scopes.coming_slots(here, now).filter(pk=before.fields["slot"])
    if "another" in request.POST:
        kept = {**request.POST.dict(), "slot": request.POST["another"]}
        return render(request, "talks/book.html", {"form": RequestForm(partnership=here, slots=slots, initial=kept)})
    initial = {"slot": request.GET.get("slot"), "format": request.GET.get("format"), **_known_of(request)}
    form = RequestForm(request.POST or None, partnership=here, slots=slots, held=held, initial=initial)
    if is_valid_within_limit(request, form, asking.BOOK):
        with refusal_on_form(form, "slot"):
            return asking.request_talk(request, form, asking.replaced(request, before, form))
        form.let_choose()  # refused: the slot is gone
    page = render(request, "talks/book.html", {"form": form}, status=status_of(form))
    return page if asking.is_from_same_person(before, form) else forget_another(request, page)


@login_not_required
@never_cache
@in_equal_time
def wish(request: PortalRequest) -> HttpResponse:
    """The form for two or three wished days, if no free slot suits. A link that says `again` fills in what the
    association has told us before.
    """
    initial = {**_known_of(request), **_told_before(request)}
    form = WishForm(request.POST or None, partnership=request.partnership, initial=initial)
    before = asking.typed_before(request, asking.WISH)
    is_asked = "anyway" not in request.POST and may_read(request, form, asking.WISH) and form.is_valid()
    if is_asked and (free := _free_then(request, form)):
        return render(request, "talks/wish.html", {"form": form, "free": free})
    if is_valid_within_limit(request, form, asking.WISH):
        with refusal_on_form(form, "first"):
            return asking.wish_for_days(request, form, asking.replaced(request, before, form))
    page = render(request, "talks/wish.html", {"form": form}, status=status_of(form))
    return page if asking.is_from_same_person(before, form) else forget_another(request, page)


def _free_then(request: PortalRequest, form: WishForm) -> list[Slot]:
    """Return the free slots on the days of a valid form that the association could have at once."""
    here, asked = request.partnership, form.cleaned_data
    about = FORMATS[asked["format"]]
    return [
        slot
        for slot in scopes.open_slots(here, clock.now())
        if slot.from_hour_on(form.days(), asked["from_hour"], about, here.zone)
        and slot.speaker.gives_format(about.key)
        and (about.is_online or slot.speaker.goes_to(asked["area"]))
    ]


def _named_by_link(request: PortalRequest) -> tuple[Booking, User] | None:
    """Return the talk that a link from a page or an email names, and its reader; None for any other text, and for a
    link that has ended.
    """
    for purpose in ("again", "again_by_mail"):
        with contextlib.suppress(Http404):
            return links.opened(scopes.booking_of_link, request.partnership, request.GET.get("again", ""), purpose)
    return None


def _told_before(request: PortalRequest) -> dict[str, Any]:
    """Return what is known from the talk that a signed link names, if its reader still speaks for the association. A
    number is typed again. The link may have been forwarded: name, mailbox and note are filled in for who is logged in.
    """
    named = _named_by_link(request)
    if named is None:
        return {}
    booking, reader = named
    told = {**arrangement_of(booking), "phone": "", **fields_of(booking.association)}
    if reader != request.user:
        return {name: value for name, value in told.items() if name not in ("name", "note")}
    chair = booking.association.chair
    person = {"name": chair.name, "email": readable(chair.email)} if chair and may_see_person(reader, chair) else {}
    return {**told, **person}


def _known_of(request: PortalRequest) -> dict[str, Any]:
    """Return what a chair who is logged in need not type: their name and address, and the one association they lead."""
    person = request.user
    if not person.is_authenticated or not person.email:
        return {}
    led = organisations_in_view(person, request.partnership).chaired_by(person).filter(kind__in=ASSOCIATIONS)[:2]
    association = fields_of(led[0]) if len(led) == 1 else {}
    return {"name": person.name, "email": readable(person.email), "phone": person.phone, **association}
