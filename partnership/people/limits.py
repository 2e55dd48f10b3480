"""Limits on how often one IP address may send a public form, and how often a mailbox is written to because of it.

Counted in the cache by allauth, which knows how many proxies stand in front (`ALLAUTH_TRUSTED_PROXY_COUNT`). A form's
rate is its share of `FORMS_AN_HOUR`; those of mailboxes are settings. A whole library may share one IP address, so
nothing typed is lost: the form is shown again and says what to do. The page never mentions a mailbox's limit, or it
would reveal who is registered.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from http import HTTPStatus

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume
from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from partnership.people.models import User
from partnership.registers import Register
from partnership.web.cookies import SignedCookie
from partnership.web.viewing import PortalRequest
from written.mailboxes import canonical

TOO_MANY = "too_many"
# The cookie that shows that somebody has signed in with this browser; listed on the privacy page.
BEEN_HERE = SignedCookie("been_here", seconds=365 * 24 * 60 * 60)


@dataclass(frozen=True)
class LimitedForm:
    """A public form: it may be sent `share` of `FORMS_AN_HOUR` times from one IP address."""

    name: str
    share: Fraction = Fraction(1)

    @property
    def rate(self) -> str:
        """Return the rate in allauth's format; empty if there is no limit."""
        an_hour = math.ceil(settings.FORMS_AN_HOUR * self.share)
        return f"{an_hour}/h/ip" if an_hour else ""


limited_forms: Register[LimitedForm] = Register("limited forms", key=lambda form: form.name)


def within_limit(request: PortalRequest, form: forms.Form, name: str) -> bool:
    """Count a valid form under the limit `name` before acting on it; above the limit add an error to the form."""
    # allauth's public function takes its rates from the settings only, which must not name rooms.
    rates = {name: limited_forms[name].rate}
    if consume(request, app="allauth.account", action=name, config=rates):
        return True
    here = request.partnership
    sentence = _(
        "Many have used this form from where you are within the last hour. Nothing is lost: wait a little, and press "
        "the button again. If you would rather not wait, call %(name)s on %(phone)s."
    ) % {"name": here.contact_name, "phone": here.contact_phone}
    form.add_error(None, forms.ValidationError(sentence, code=TOO_MANY))
    return False


def status_of(form: forms.Form, *, faulty: int = HTTPStatus.BAD_REQUEST) -> int:
    """Return the HTTP status for showing a form: new, with errors (`faulty`), or sent too often."""
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, TOO_MANY):
        return HTTPStatus.TOO_MANY_REQUESTS
    return faulty if form.errors else HTTPStatus.OK


def may_write_to(request: HttpRequest, address: str, known: User | None) -> bool:
    """Count one more email that somebody has requested by typing `address`; return False if it must not be sent. The
    owner's own browser has a share that no stranger can use up; on a new one the owner waits half an hour at most.
    """
    if known is None:
        return ratelimit.consume(request, action="mail_to_unknown", key=_mailbox(address))
    shares = ["mail_to_known", "mail_to_known_slowly"]
    if _is_owners_browser(request, known):
        shares.insert(0, "mail_to_known_from_own_browser")
    return any(ratelimit.consume(request, action=share, key=str(known.pk)) for share in shares)


def _mailbox(address: str) -> str:
    """Return the mailbox that receives email to `address`: vera+1@example.dk is the same as vera@example.dk."""
    name, _at, domain = canonical(address).rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def remember_browser(response: HttpResponse, person: User) -> None:
    """Set a cookie that shows later that `person` has signed in with this browser. It gives no access."""
    BEEN_HERE.put(response, person.pk, path="/accounts/")


def _is_owners_browser(request: HttpRequest, person: User) -> bool:
    return BEEN_HERE.read(request) == person.pk
