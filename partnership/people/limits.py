"""Limits on how often one IP address may send a form, how often a mailbox is written to because of it, and how often
one person may have others written to.

Counted in the cache by allauth, which knows how many proxies stand in front (`ALLAUTH_TRUSTED_PROXY_COUNT`). A form's
rate is its share of `FORMS_AN_HOUR`; the others are settings. A whole library may share one IP address, so nothing
typed is lost: the form is shown again and says what to do. The page never mentions a mailbox's limit, which is the same
for known addresses and unknown ones, or it would reveal who is registered.
"""

import math
import time
from dataclasses import dataclass
from fractions import Fraction
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume, get_ip
from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.registers import Register
from partnership.web.cookies import SignedCookie
from partnership.web.tokens import Tokens
from partnership.web.viewing import PortalRequest, View
from written.mailboxes import without_tag

TOO_MANY = "too_many"
# The cookie that shows that somebody has signed in with this browser; listed on the privacy page.
BEEN_HERE = SignedCookie("been_here", seconds=365 * 24 * 60 * 60)
# In each emailed code: shows on a new device that somebody reads the person's email. It gives no access either.
READS_MAIL, READS_MAIL_SECONDS = Tokens("people.reads_mail"), 2 * 24 * 60 * 60


@dataclass(frozen=True)
class LimitedForm:
    """A form that sends messages to what is typed: it may be sent `share` of `FORMS_AN_HOUR` times from one IP address,
    and by one person as often as the setting `by` says.
    """

    name: str
    share: Fraction = Fraction(1)
    by: str = "mail_from_person"

    @property
    def rate(self) -> str:
        """Return the rate in allauth's format; empty if there is no limit."""
        an_hour = math.ceil(settings.FORMS_AN_HOUR * self.share)
        return f"{an_hour}/h/ip" if an_hour else ""


limited_forms: Register[LimitedForm] = Register("limited forms", key=lambda form: form.name)


def within_limit(request: PortalRequest, form: forms.Form, name: str) -> bool:
    """Count a valid form under the limit `name` before acting on it; above the limit add an error to the form."""
    # allauth's public function takes its rates from the settings only, which must not name rooms.
    rates, person = {name: limited_forms[name].rate}, request.user
    if not consume(request, app="allauth.account", action=name, config=rates):
        sentence = _(
            "Many have used this form from where you are within the last hour. Nothing is lost: wait a little, and "
            "press the button again. If you would rather not wait, call %(name)s on %(phone)s."
        )
    elif person.is_authenticated and not _counts(request, limited_forms[name].by, f"{name} {person.pk}"):
        sentence = _(
            "You have used this form many times today. Nothing is lost: wait an hour, or until tomorrow, and press the "
            "button again. If you would rather not wait, call %(name)s on %(phone)s."
        )
    else:
        return True
    sentence %= {"name": request.partnership.contact_name, "phone": request.partnership.contact_phone}
    form.add_error(None, forms.ValidationError(sentence, code=TOO_MANY))
    return False


def in_equal_time(view: View) -> View:
    """Let a form that takes an address answer after a fixed time, or twice that and so on under load, so that its work
    for a known address cannot be told from that for an unknown one. The work is made alike, too.
    """

    @wraps(view)
    def timed(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        begun = time.monotonic()
        response = view(request, *args, **kwargs)
        # Also a page in between: a log-in that waits for its code has a person, or none.
        turn = settings.FORMS_TAKE_SECONDS
        if turn and (request.method == "POST" or LOGIN_SESSION_KEY in request.session):
            time.sleep((begun - time.monotonic()) % turn)
        return response

    return timed


def status_of(form: forms.Form, *, faulty: int = HTTPStatus.BAD_REQUEST) -> int:
    """Return the HTTP status for showing a form: new, with errors (`faulty`), or sent too often."""
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, TOO_MANY):
        return HTTPStatus.TOO_MANY_REQUESTS
    return faulty if form.errors else HTTPStatus.OK


def may_write_to(request: HttpRequest, address: str, *, what: str = "forms") -> bool:
    """Count one more email that somebody has requested by typing `address`; return False if it must not be sent, since
    the mailbox has had enough of them from here, or from all together.
    """
    mailbox = without_tag(address)
    return _counts(request, "mail_to_mailbox_from_here", f"{what} {get_ip(request)} {mailbox}") and _counts(
        request, "mail_to_mailbox", f"{what} {mailbox}"
    )


def may_send_code_to(request: HttpRequest, address: str, known: User | None) -> bool:
    """The same for a code to log in. Its owner has a share that no stranger can use up: in a browser where they have
    signed in before, and with the link that stands in every code.
    """
    if known and _is_owners(request, known) and _counts(request, "mail_to_known_from_own_browser", str(known.pk)):
        return True
    return may_write_to(request, address, what="log-in")


def _counts(request: HttpRequest, action: str, key: str) -> bool:
    return ratelimit.consume(request, action=action, key=key)


def remember_browser(response: HttpResponse, person: User) -> None:
    """Set a cookie that shows later that `person` has signed in with this browser. It gives no access."""
    BEEN_HERE.put(response, person.pk, path="/accounts/")


def _is_owners(request: HttpRequest, person: User) -> bool:
    from_mail = READS_MAIL.read(request.POST.get("own", ""), max_age=READS_MAIL_SECONDS)
    return person.pk in (BEEN_HERE.read(request), from_mail)
