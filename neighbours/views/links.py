"""The pages of the link in an email: it confirms a helper, or is sent anew."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neighbours.actions import joining
from neighbours.links import CONFIRM_LINK_LASTS, read_token
from partnership import clock
from partnership.people.mailboxes import is_verified
from partnership.people.rules import needs_second_factor
from partnership.web.acting import refusal_on_page
from partnership.web.viewing import PortalRequest

LOGIN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PortalRequest, token: str) -> HttpResponse:
    """Show one button, so that programs that follow links in emails change nothing. Pressing it confirms."""
    link = read_token(token, request.partnership, clock.now())
    if link is None:
        return render(request, "neighbours/link_problem.html", {"problem": "unknown"}, status=404)
    if link.is_sent_elsewhere:
        return render(request, "neighbours/link_problem.html", {"problem": "elsewhere"}, status=410)
    if link.helper.is_confirmed:
        return render(request, "neighbours/link_problem.html", {"problem": "used"})
    if link.is_replaced and link.helper.is_waiting:
        return render(request, "neighbours/link_problem.html", {"problem": "replaced", "token": token}, status=410)
    if not link.helper.is_waiting:
        return render(request, "neighbours/link_problem.html", {"problem": "left"}, status=410)
    if link.is_expired:
        context = {"problem": "expired", "token": token, "days": CONFIRM_LINK_LASTS.days}
        return render(request, "neighbours/link_problem.html", context, status=410)
    if request.method == "POST":
        return _confirmed(request, link.helper)
    helper = link.helper
    name = helper.person.name if is_verified(helper.person) else helper.name or helper.person.name
    return render(request, "neighbours/confirm.html", {"helper": helper, "token": token, "shown_name": name})


def _confirmed(request: PortalRequest, helper) -> HttpResponse:
    with refusal_on_page() as refused:
        is_new = joining.confirm(helper=helper, now=clock.now())
    if refused.refusal and refused.refusal.reason == "held_back":
        return render(request, "neighbours/link_problem.html", {"problem": "held_back"}, status=409)
    if refused:
        return render(request, "neighbours/link_problem.html", {"problem": "left"}, status=410)
    if not is_new:
        return render(request, "neighbours/link_problem.html", {"problem": "used"})
    # Whoever has a second factor shows it, as after a code: this link is no way around it.
    if not needs_second_factor(helper.person) and not is_mfa_enabled(helper.person):
        login(request, helper.person, backend=LOGIN_BACKEND)
    messages.success(request, _("Welcome! You are now a neighbour helper."))
    return redirect("people:me")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: PortalRequest, token: str) -> HttpResponse:
    """Send a new link on POST to the mailbox that an old one was sent to; GET says what was done."""
    link = read_token(token, request.partnership, clock.now())
    if link is None:
        return render(request, "neighbours/link_problem.html", {"problem": "unknown"}, status=404)
    if link.is_sent_elsewhere:
        return render(request, "neighbours/link_problem.html", {"problem": "elsewhere"}, status=410)
    if not link.helper.is_waiting:
        problem, status = ("used", 200) if link.helper.is_confirmed else ("left", 410)
        return render(request, "neighbours/link_problem.html", {"problem": problem}, status=status)
    if request.method == "POST":
        done = "sent" if joining.send_new_link(helper=link.helper, now=clock.now()) else "enough"
        return redirect(f"{request.path}?{done}")
    if not {"sent", "enough"} & set(request.GET):
        return redirect("neighbours:confirm", token)
    context = {"days": CONFIRM_LINK_LASTS.days, "is_sent": "sent" in request.GET}
    return render(request, "neighbours/new_link_sent.html", context)
