"""Pages on which a chair asks somebody to be the association's deputy, and ends it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership import clock
from partnership.people.access import LoggedInRequest
from partnership.people.limits import is_valid_within_limit, may_write_to, status_of
from partnership.people.models import Organisation
from partnership.people.scopes import organisations_in_view
from partnership.refusals import Refused
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.timing import in_equal_time
from partnership.web.viewing import fetch
from talks.actions import deputies
from talks.forms.changes import DeputyForm


def _association(request: LoggedInRequest, pk: int) -> Organisation:
    seen = organisations_in_view(request.user, request.partnership).select_related("deputy_invitation")
    return fetch(seen, pk=pk)


@in_equal_time
def deputy(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The chair asks somebody to be the deputy, who may move and cancel talks."""
    association = _association(request, pk)
    form = DeputyForm(request.POST or None)
    if is_valid_within_limit(request, form, "talks.deputy"):
        with refusal_on_form(form, "email"):
            # The chair may be told: every mailbox that is typed is counted, whether we know it or not.
            if not may_write_to(request, form.cleaned_data["email"], form="talks.deputy"):
                raise Refused("enough_written", _enough_written(request))
            deputies.ask_deputy(association=association, by=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("We have sent an email. The deputy says yes with the link in it."))
            return redirect("people:me")
    context = {"association": association, "form": form}
    return render(request, "talks/deputy.html", context, status=status_of(form))


def _enough_written(request: LoggedInRequest) -> str:
    return (
        _(
            "We have sent no email, since this email address has had several from us. Ask them to look in their "
            "mailbox, or call %(name)s on %(phone)s."
        )
        % request.partnership.call_us
    )


@require_POST
def take_back_invitation(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by the chair, end an invitation that is not answered, and go back to the page of the deputy."""
    association = _association(request, pk)
    with say_outcome(request, _("The invitation is taken back. The link in the email no longer works.")):
        deputies.take_back_invitation(association=association, by=request.user, now=clock.now())
    return redirect("talks:deputy", pk=pk)


@require_POST
def end_deputy(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The chair ends it, or the deputy, who then no longer sees the association."""
    association = _association(request, pk)
    is_chair = request.user == association.chair
    done = _("The association has no deputy now.") if is_chair else _("You are no longer the deputy.")
    with say_outcome(request, done):
        deputies.end_deputy(association=association, by=request.user, now=clock.now())
    return redirect("talks:deputy", pk=pk) if is_chair else redirect("people:me")
