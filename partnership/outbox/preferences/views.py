"""A reader's own choices: stopping messages, and how we reach them."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.outbox.channels import sms
from partnership.outbox.channels.ways import until_then
from partnership.outbox.preferences import verifying
from partnership.outbox.preferences.forms import NewCodeForm, NumberCodeForm, ReachForm
from partnership.outbox.preferences.reaching import choose_channel, resume_mail
from partnership.outbox.preferences.stopping import begin_again, choices_of, choose, stop
from partnership.outbox.stop_links import read_token
from partnership.people.access import LoggedInRequest, is_by_own_code
from partnership.people.limits import is_valid_within_limit, status_of
from partnership.people.models import Medium, User
from partnership.people.own.by_code import said_of_new_number
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.tokens import LinkEnded
from partnership.web.viewing import PortalRequest


@login_not_required
@csrf_exempt  # Mail programs post this without a CSRF token (RFC 8058); the token in the address gives the right.
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: PortalRequest, token: str) -> HttpResponse:
    """Ask on GET, since scanners follow links; on POST stop this kind, or all except the ticked ones."""
    named = read_token(token)
    if named is None:
        raise Http404
    person, purpose = named
    if person.partnership_id != request.partnership.pk:
        raise LinkEnded
    if request.method == "POST":
        if "choose" in request.POST:
            wanted = set(request.POST.getlist("wanted"))
            choose(person=person, wanted=wanted, now=clock.now(), medium=Medium.EMAIL_LINK)
        else:
            stop(person=person, purpose=purpose, now=clock.now())
    context = {
        "stopped": request.method == "POST",
        "choices": [choice for choice in choices_of(person) if choice.is_on],
        "purpose": purpose,
    }
    return render(request, "outbox/stop.html", context)


@require_POST
def own_choice(request: LoggedInRequest) -> HttpResponse:
    """Stop one kind, or start it again, on the own page."""
    purpose = request.POST.get("purpose", "")
    if purpose not in {choice.purpose for choice in choices_of(request.user)}:
        # An empty purpose would withdraw every waiting answer to the reader.
        return redirect("people:me")
    if "again" in request.POST:
        if begin_again(person=request.user, purpose=purpose, now=clock.now()):
            messages.success(request, _("Saved. You get these messages again."))
    else:
        stop(person=request.user, purpose=purpose, now=clock.now(), medium=Medium.WEB)
        messages.success(request, _("Stopped. You get no more of these messages."))
    return redirect("people:me")


@require_POST
def resume(request: LoggedInRequest) -> HttpResponse:
    """On POST, let mail go to the reader's mailbox again, after it came back or they reported it as unwanted."""
    with say_outcome(request, _("Thank you. From now on we write to you there again.")):
        resume_mail(person=request.user, now=clock.now())
    return redirect("people:me")


@require_http_methods(["GET", "POST"])
def reach(request: LoggedInRequest) -> HttpResponse:
    """Ask how we reach the reader, and in which language, and store the answer. A new number is sent a code."""
    form = ReachForm(request.POST or None, person=request.user)
    if form.is_valid():
        with refusal_on_form(form, "channel"):
            now, by_code = clock.now(), is_by_own_code(request)
            chosen = {"phone": "", **form.cleaned_data}
            choose_channel(person=request.user, is_by_code=by_code, now=now, **chosen)
            request.user.refresh_from_db()
            if verifying.must_show(request.user):
                return _why_no_code(request) or _with_a_code_sent(request)
            messages.success(request, _said_of_way(request.user))
            return redirect("people:me")
    return render(request, "outbox/reach.html", {"form": form})


def _said_of_way(person: User) -> str:
    if person.reached_by == person.channel:
        return _("Saved. From now on we reach you this way.")
    return _("Saved. We reach you this way once you have logged in with your email address.")


@require_http_methods(["GET", "POST"])
def number(request: LoggedInRequest) -> HttpResponse:
    """Ask for the code that was texted to the reader's number."""
    if not sms.is_on():
        raise Http404
    if not verifying.must_show(request.user):
        return redirect("outbox:reach")
    if waits := _why_no_code(request):
        return waits
    form = NumberCodeForm(request.POST or None)
    if form.is_valid():
        with refusal_on_form(form, "code"):
            verifying.verify(person=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Thank you. From now on we send you text messages."))
            return redirect("people:me")
    return _number_page(request, form)


@require_POST
def new_code(request: LoggedInRequest) -> HttpResponse:
    """On POST, send the code to the reader's number once more, and go back to where it is typed; 404 without texts."""
    if not sms.is_on():
        raise Http404
    return _why_no_code(request) or _with_a_code_sent(request)


def _why_no_code(request: LoggedInRequest) -> HttpResponse | None:
    """Lead somebody who came by a code back to their own page, and say until when a number waits that they gave lately:
    whoever took the letter with the code would have the number that we text to from now on.
    """
    waits = said_of_new_number(request, clock.now())
    if not waits:
        return None
    saved = _("Saved.")
    messages.success(request, f"{saved} {waits} {until_then(request.user)}")
    return redirect("people:me")


def _with_a_code_sent(request: LoggedInRequest) -> HttpResponse:
    """Send a code, and redirect to the page that asks for it; if none can be sent, say there what to do."""
    form = NewCodeForm(request.POST)
    if not is_valid_within_limit(request, form, "outbox.number_code"):
        return _number_page(request, form)
    with say_outcome(request):
        verifying.send_code(person=request.user, now=clock.now())
    return redirect("outbox:number")


def _number_page(request: LoggedInRequest, form: NumberCodeForm | NewCodeForm) -> HttpResponse:
    context = {
        "form": form if isinstance(form, NumberCodeForm) else NumberCodeForm(),
        "refused": form if isinstance(form, NewCodeForm) else None,
        "is_sent": verifying.newest_code(request.user, clock.now()) is not None,
        "until_then": until_then(request.user),
        "can_be_answered": sms.can_be_answered(),
    }
    return render(request, "outbox/number.html", context, status=status_of(form, faulty=HTTPStatus.OK))
