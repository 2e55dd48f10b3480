"""How often a form may be sent from one IP address and by one person, and how often a mailbox gets an email because
somebody typed its address.

allauth counts, in the cache; it knows how many proxies stand in front (`ALLAUTH_TRUSTED_PROXY_COUNT`). A form's rate is
its share of `FORMS_AN_HOUR`; the other rates are settings. Above a form's limit the page keeps what was typed and says
what to do, since a whole library may share one IP address. Above a mailbox's limit it says nothing: the limit is the
same for known addresses and unknown ones, or it would reveal who is registered.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from http import HTTPStatus

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume, get_ip
from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.fields.unbroken import unbroken
from partnership.registers import Register
from partnership.web.timing import mark_as_acting
from partnership.web.viewing import PortalRequest
from written.mailboxes import without_tag

TOO_MANY = "too_many"
# A form with mistakes is sent again until it is right, in a hall by many.
FAULTY_FOR_ONE = 5


@dataclass(frozen=True)
class LimitedForm:
    """A form that sends messages to what is typed: it may be sent `share` of `FORMS_AN_HOUR` times from one IP address
    in `hours`, and by one person as often as the setting `by` says.
    """

    name: str
    share: Fraction = Fraction(1)
    hours: int = 1
    by: str = "mail_from_person"

    @property
    def rates(self) -> dict[str, str]:
        """Return the rates of valid and faulty forms in allauth's format; empty ones if there is no limit."""
        an_hour = math.ceil(settings.FORMS_AN_HOUR * self.share)
        numbers = {self.name: an_hour, self.name_of_faulty: an_hour * FAULTY_FOR_ONE}
        return {name: f"{number}/{self.hours}h/ip" if number else "" for name, number in numbers.items()}

    @property
    def name_of_faulty(self) -> str:
        return f"{self.name}.faulty"


limited_forms: Register[LimitedForm] = Register("limited forms", key=lambda form: form.name)


def within_limit(request: PortalRequest, form: forms.Form, name: str) -> bool:
    """Return whether the form is valid, and counted under the limit `name` before acting on it; above the limit add an
    error to the form. Faulty ones have a wider limit. They look nobody up, and are answered at once.
    """
    if not form.is_bound:
        return False
    limited, person, is_valid = limited_forms[name], request.user, form.is_valid()
    counted_as = name if is_valid else limited.name_of_faulty
    # allauth's public function takes its rates from the settings only, which must not name rooms.
    if not consume(request, app="allauth.account", action=counted_as, config=limited.rates):
        sentence = _(
            "Many have used this form from where you are within the last hour. Nothing is lost: wait a little, and "
            "press the button again. If you would rather not wait, call %(name)s on %(phone)s."
        )
    elif not is_valid:
        return False
    elif person.is_authenticated and not count_under(limited.by, request, f"{name} {person.pk}"):
        sentence = _many_times_today()
    else:
        mark_as_acting(request)
        return True
    return _refused(request, form, sentence)


def within_changes(request: PortalRequest, form: forms.Form, what: str, *, by: str = "mail_from_person") -> bool:
    """Return whether the form is valid, and `what` it changes may be changed once more: each change is told to others
    by email. Above the limit add an error to the form.
    """
    if not form.is_valid():
        return False
    return count_under(by, request, what) or _refused(request, form, _many_times_today())


def _many_times_today() -> str:
    return _(
        "You have used this form many times today. Nothing is lost: wait an hour, or until tomorrow, and press the "
        "button again. If you would rather not wait, call %(name)s on %(phone)s."
    )


def _refused(request: PortalRequest, form: forms.Form, sentence: str) -> bool:
    sentence %= {"name": request.partnership.contact_name, "phone": unbroken(request.partnership.contact_phone)}
    form.add_error(None, forms.ValidationError(sentence, code=TOO_MANY))
    return False


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
    from_here = count_under("mail_to_mailbox_from_here", request, f"{what} {get_ip(request)} {mailbox}")
    return from_here and count_under("mail_to_mailbox", request, f"{what} {mailbox}")


def is_within_rate(action: str, request: HttpRequest) -> bool:
    """Count one more request, of any method, from an IP address under one of `ACCOUNT_RATE_LIMITS`; return False above
    it.
    """
    return bool(consume(request, app="allauth.account", action=action, limit_get=True))


def count_under(action: str, request: HttpRequest, key: str) -> bool:
    """Count one more use by `key` under one of `ACCOUNT_RATE_LIMITS`; return False above it."""
    return ratelimit.consume(request, action=action, key=key)
