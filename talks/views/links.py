"""The pages that links in our emails open.

Each does one thing without a log-in: it shows a button on GET and acts on POST.
"""

from django.contrib.auth.decorators import login_not_required
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import render

from partnership import clock
from partnership.people.actions import organisations
from partnership.people.models import User
from partnership.people.rules import speaks_for
from partnership.web.acting import refusal_on_page
from partnership.web.viewing import PortalRequest
from talks import links, scopes
from talks.actions import afterwards, bookings, deputies, wishes
from talks.actions.contact import typed_with
from talks.forms.afterwards import FeedbackForm
from talks.forms.changes import AcceptForm
from talks.history import is_cancelled_by_association
from talks.models import Booking, Feedback
from talks.views.changing import change_page, choose_page


def _booking_and_reader(request: PortalRequest, token: str, purpose: str) -> tuple[Booking, User]:
    return links.opened(scopes.booking_of_link, request.partnership, token, purpose)


@login_not_required
def verify(request: PortalRequest, token: str) -> HttpResponse:
    """Verify a request: a button on GET, since scanners follow links; the request on POST."""
    target = links.read(token, "verify")
    if target and scopes.replaced_request(request.partnership, target.pk).exists():
        return _replaced(request, "talks/verify.html")
    booking, reader = _booking_and_reader(request, token, "verify")
    with refusal_on_page() as refused:
        if request.method == "POST":
            booking = bookings.verify(booking=booking, by=reader, now=clock.now())
    context = {"booking": booking, "refused": refused, "typed": typed_with(booking, reader)}
    return render(request, "talks/verify.html", context)


def _replaced(request: PortalRequest, page: str) -> HttpResponse:
    """Say that another form replaced this one, and nothing of what it was: whoever reads it may be a stranger."""
    return render(request, page, {"is_replaced": True}, status=410)


@login_not_required
def cancel(request: PortalRequest, token: str) -> HttpResponse:
    """Cancel by a link in an email, as its reader: the chair or the deputy."""
    booking, reader = _booking_and_reader(request, token, "cancel")
    with refusal_on_page() as refused:
        if request.method == "POST":
            booking = bookings.cancel(booking=booking, by=reader, now=clock.now())
    choose = links.link(booking, "change", reader) if scopes.holds_to_choose_from(booking, clock.now()).exists() else ""
    context = {
        "booking": booking,
        "refused": refused,
        "choose": choose,
        # Staff may have cancelled it before: then the press has done nothing, and the page does not thank for it.
        "done": request.method == "POST" and not refused and is_cancelled_by_association(booking),
        "again": links.again(booking, reader),
    }
    return render(request, "talks/cancel.html", context)


@login_not_required
def change(request: PortalRequest, token: str) -> HttpResponse:
    """Move a talk by a link in an email."""
    booking, reader = _booking_and_reader(request, token, "change")
    return change_page(request, booking, by=reader)


@login_not_required
def accept(request: PortalRequest, token: str) -> HttpResponse:
    """Choose among the slots of one offer; the link of a replaced offer shows no slots."""
    booking, reader = _booking_and_reader(request, token, "accept")
    target = links.read(token, "accept")
    is_this_offer = target is not None and target.version == booking.sequence
    return choose_page(request, booking, by=reader, is_this_offer=is_this_offer)


@login_not_required
def verify_wish(request: PortalRequest, token: str) -> HttpResponse:
    """Verify a wish, so that staff answer it."""
    target = links.read(token, "verify_wish")
    if target and scopes.replaced_wish(request.partnership, target.pk).exists():
        return _replaced(request, "talks/verify_wish.html")
    wish, reader = links.opened(scopes.wish_of_link, request.partnership, token, "verify_wish")
    with refusal_on_page() as refused:
        if request.method == "POST":
            wish = wishes.verify_wish(wish=wish, by=reader, now=clock.now())
    context = {"wish": wish, "refused": refused, "typed": typed_with(wish, reader)}
    return render(request, "talks/verify_wish.html", context)


@login_not_required
def confirm_association(request: PortalRequest, token: str) -> HttpResponse:
    """Confirm once a year that an association's details are right."""
    association, reader = links.opened(scopes.association_of_link, request.partnership, token, "confirm_association")
    done = request.method == "POST"
    if done:
        association = organisations.confirm_for_the_year(organisation=association, now=clock.now())
    context = {"association": association, "reader": reader, "done": done}
    return render(request, "talks/confirm_association.html", context)


@login_not_required
def become_deputy(request: PortalRequest, token: str) -> HttpResponse:
    """Show who asks; on POST make the reader of the email the deputy, or end the invitation if they say no."""
    target = links.read(token, "become_deputy")
    if target is None:
        raise Http404
    asked = scopes.invitation_of_link(request.partnership, target.pk).first()
    now, says_no = clock.now(), request.POST.get("answer") == "no"
    form = AcceptForm(request.POST if request.method == "POST" and not says_no else None)
    with refusal_on_page() as refused:
        deputies.check_invitation(asked, target.version, now)
        if asked and request.method == "POST" and says_no:
            deputies.decline_deputy(invitation=asked, version=target.version, now=now)
        elif asked and form.is_valid():
            deputies.accept_deputy(invitation=asked, version=target.version, now=now, **form.cleaned_data)
    done = asked is not None and (says_no or form.is_valid() or not asked.waits)
    context = {"asked": asked, "form": form, "refused": refused, "done": done, "said_no": done and says_no}
    return render(request, "talks/become_deputy.html", context, status=410 if refused else 400 if form.errors else 200)


@login_not_required
def feedback(request: PortalRequest, token: str) -> HttpResponse:
    """The two questions. Once they are answered, who is logged in for the association reads the answers and may replace
    them, and nobody else: the email may have been forwarded.
    """
    booking, _reader = _booking_and_reader(request, token, "feedback")
    answered = scopes.answers_about(booking)
    if answered and not (request.user.is_authenticated and speaks_for(request.user, booking.association)):
        return _answered(request, booking, answered)
    form = FeedbackForm(request.POST or None, initial=model_to_dict(answered) if answered else None)
    done = False
    with refusal_on_page() as refused:
        if request.method == "POST" and form.is_valid():
            afterwards.answer(booking=booking, now=clock.now(), **form.cleaned_data)
            done = True
    context = {"booking": booking, "form": form, "done": done, "refused": refused, "answered": answered}
    return render(request, "talks/feedback.html", context, status=400 if form.errors else 200)


def _answered(request: PortalRequest, booking: Booking, answered: Feedback) -> HttpResponse:
    """Say that the two questions are answered, and how to change that; of what is sent now, show the words again. The
    same answers again are a second press.
    """
    form = FeedbackForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else {}
    is_second_press = bool(said) and all(getattr(answered, name) == value for name, value in said.items())
    context = {"booking": booking, "done": is_second_press, "is_closed": True, "not_saved": said.get("words", "")}
    status = 409 if request.method == "POST" and not is_second_press else 200
    return render(request, "talks/feedback.html", context, status=status)
