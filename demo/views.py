"""Logging in as any of the cast with one click, and reading their mailbox."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from demo.cast import cast_members, cast_of, character_of, demonstration_partnerships
from devtools import mail as devmail
from entrance.allauth_internals import record_authentication
from partnership.web.viewing import PortalRequest, fetch
from written.mailboxes import canonical

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# An email is foreign HTML: it may display and link, and nothing more.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'"
)
SHOWN = 200


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer only while DEBUG is on, even if these URLs are included elsewhere."""

    @wraps(view)
    def guarded(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(guarded)


@demo_only
@require_safe
def cast(request: PortalRequest) -> HttpResponse:
    """List this partnership's cast; under another host name list the partnerships."""
    if request.partnership is None:
        homes = [(home, home.url("/dev/"), home.url("/")) for home in demonstration_partnerships()]
        return render(request, "demo/homes.html", {"homes": homes})
    others = demonstration_partnerships().exclude(pk=request.partnership.pk)
    context = {
        "cast": cast_of(request.partnership),
        "others": [(home, home.url("/dev/")) for home in others],
    }
    return render(request, "demo/cast.html", context)


@demo_only
@require_POST
def log_in_as(request: PortalRequest, pk: int) -> HttpResponse:
    """Log in as one of the cast, as if a second factor had been used."""
    person = fetch(cast_members(request.partnership), pk=pk)
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="mfa", type="totp")
    return redirect("dashboard:staff" if character_of(person).is_staff else "people:me")


@demo_only
@require_safe
def mailbox(request: PortalRequest) -> HttpResponse:
    """List what the local mail server has received, the newest first; `?to=` shows one reader's."""
    to = canonical(request.GET.get("to", ""))
    received = [mail for mail in devmail.messages() if not to or to in map(canonical, mail.to)]
    return render(request, "demo/mailbox.html", {"mails": received[:SHOWN], "to": to})


@demo_only
@require_safe
def mail(request: PortalRequest, name: str) -> HttpResponse:
    """One received email, with its headers but for the envelope's; 404 if there is none of that name."""
    found = _mail(name)
    headers = [(key, value) for key, value in found.message.items() if not key.startswith("X-Envelope")]
    return render(request, "demo/mail.html", {"mail": found, "headers": headers})


@demo_only
@require_safe
@xframe_options_sameorigin
def mail_html(request: PortalRequest, name: str) -> HttpResponse:
    """The HTML part as it was sent, in a sandbox; its links open in a new tab."""
    response = HttpResponse('<base target="_blank">' + _mail(name).html)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


@demo_only
@require_safe
def attachment(request: PortalRequest, name: str, number: int) -> HttpResponse:
    """One attachment as a download that can run nothing; 404 for a number that the email does not have."""
    attachments = _mail(name).attachments
    if number >= len(attachments):
        raise Http404
    file_name, kind, content = attachments[number]
    response = HttpResponse(content, content_type=kind)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Disposition"] = f'attachment; filename="{_safe(file_name)}"'
    return response


def _mail(name: str) -> devmail.Mail:
    found = devmail.message(name)
    if found is None:
        raise Http404
    return found


def _safe(file_name: str) -> str:
    return "".join(c for c in file_name if c.isascii() and (c.isalnum() or c in "._-")) or "attachment"
