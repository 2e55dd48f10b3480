"""How often a form may be sent from one IP address and by one person, and how often a mailbox gets an email because
somebody typed it.

allauth counts, in the cache; it knows how many proxies stand in front (`ALLAUTH_TRUSTED_PROXY_COUNT`). A form's rate is
its share of `FORMS_AN_HOUR`; the other rates are settings. Above a form's limit the page keeps what was typed and says
what to do, since a whole library may share one IP address. Above a mailbox's limit it says nothing: the limit is the
same for known mailboxes and unknown ones, or it would reveal who is registered. Who is logged in with that mailbox has
a limit of their own, which no stranger can use up.
"""

import hashlib
import math
from dataclasses import dataclass
from fractions import Fraction
from http import HTTPStatus

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import consume, get_ip
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.refusals import Refused
from partnership.registers import Register
from partnership.web.timing import mark_as_acting
from partnership.web.viewing import PortalRequest
from written.mailboxes import canonical, without_tag

TOO_MANY = "too_many"
# A form with mistakes is sent again until it is right, in a hall by many.
FAULTY_FOR_ONE = 5
A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class LimitedForm:
    """A form that sends messages to what is typed: it may be sent `share` of `FORMS_AN_HOUR` times from one IP address
    in `hours`, and by one person as often as the setting `by` says. Faulty ones are counted apart, and all together
    before they are read: reading and looking up what was typed is work.
    """

    name: str
    share: Fraction = Fraction(1)
    hours: int = 1
    by: str = "mail_from_person"

    @property
    def rates(self) -> dict[str, str]:
        """Return the rates of valid, faulty and all forms in allauth's format; empty ones if there is no limit."""
        an_hour = math.ceil(settings.FORMS_AN_HOUR * self.share)
        faulty = an_hour * FAULTY_FOR_ONE
        numbers = {self.name: an_hour, self.name_of_faulty: faulty, self.name_of_all: an_hour + faulty}
        return {name: f"{number}/{self.hours}h/ip" if number else "" for name, number in numbers.items()}

    @property
    def name_of_faulty(self) -> str:
        return f"{self.name}.faulty"

    @property
    def name_of_all(self) -> str:
        return f"{self.name}.all"


limited_forms: Register[LimitedForm] = Register("limited forms", key=lambda form: form.name)


def is_valid_within_limit(request: PortalRequest, form: forms.Form, name: str) -> bool:
    """Return whether the form is valid and may be acted on once more under the limit `name`; False for a GET. Above the
    limit add an error to the form. Faulty forms look nobody up, and are answered at once.
    """
    if not may_read(request, form, name):
        return False
    is_valid = form.is_valid()
    if not _count(request, form, limited_forms[name], is_valid=is_valid):
        return False
    if is_valid:
        mark_as_acting(request)
    return is_valid


def _count(request: PortalRequest, form: forms.Form, limited: LimitedForm, *, is_valid: bool) -> bool:
    """Count a form that was read: a valid one also for who is logged in, a faulty one under a wider limit. Return False
    above the limit, with an error on the form.
    """
    if not _is_counted(request, limited, limited.name if is_valid else limited.name_of_faulty):
        return _refused(request, form, _many_from_here())
    person = request.user
    if is_valid and person.is_authenticated and not count_under(limited.by, request, f"{limited.name} {person.pk}"):
        return _refused(request, form, _many_times_today())
    return True


def may_read(request: PortalRequest, form: forms.Form, name: str) -> bool:
    """Return whether a form may be validated; count it among all that are sent under the limit `name`, once."""
    if not form.is_bound:
        return False
    if not hasattr(form, "may_be_read"):
        limited = limited_forms[name]
        form.may_be_read = _is_counted(request, limited, limited.name_of_all)  # type: ignore[attr-defined]
        if not form.may_be_read:  # type: ignore[attr-defined]
            # Drawn with what was typed, but not read.
            form._errors, form.cleaned_data = ErrorDict(renderer=form.renderer), {}  # type: ignore[attr-defined]
            _refused(request, form, _many_from_here())
    return form.may_be_read  # type: ignore[attr-defined]


def is_valid_within_changes(
    request: PortalRequest, form: forms.Form, what: str, *, by: str = "mail_from_person"
) -> bool:
    """Return whether the form is valid, and `what` it changes may be changed once more: each change is told to others
    by email. Above the limit add an error to the form.
    """
    if not form.is_valid():
        return False
    return count_under(by, request, what) or _refused(request, form, _many_times_today())


def _is_counted(request: HttpRequest, limited: LimitedForm, action: str) -> bool:
    # allauth's public function takes its rates from the settings only, which must not name rooms.
    return bool(consume(request, app="allauth.account", action=action, config=limited.rates))


def _many_from_here() -> str:
    return _(
        "Many have used this form from where you are in a short time. Nothing is lost: wait a little, and "
        "press the button again. If you would rather not wait, call %(name)s on %(phone)s."
    )


def _many_times_today() -> str:
    return _(
        "You have used this form many times today. Nothing is lost: wait an hour, or until tomorrow, and press the "
        "button again. If you would rather not wait, call %(name)s on %(phone)s."
    )


def _refused(request: PortalRequest, form: forms.Form, sentence: str) -> bool:
    form.add_error(None, forms.ValidationError(sentence % request.partnership.call_us, code=TOO_MANY))
    return False


def status_of(form: forms.Form, *, faulty: int = HTTPStatus.BAD_REQUEST) -> int:
    """Return the HTTP status for showing a form: new, with errors (`faulty`), or sent too often."""
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, TOO_MANY):
        return HTTPStatus.TOO_MANY_REQUESTS
    return faulty if form.errors else HTTPStatus.OK


def is_owner(request: PortalRequest, email: str) -> bool:
    """Return whether somebody types the mailbox that they are logged in with."""
    return request.user.is_authenticated and canonical(email) == request.user.email


def may_write_to(request: PortalRequest, email: str, *, form: str) -> bool:
    """Count one more email that somebody has requested by typing `email` into a form; return False if it must not be
    sent, since the mailbox has had enough of them from here, or from all together. The first of the day from each form
    is sent all the same, and what its owner asks for while logged in, which is counted by `is_valid_within_limit`.
    """
    if is_owner(request, email):
        return True
    is_first = count_under("first_mail_to_mailbox", request, f"{form} {without_tag(email)}")
    return is_within_share(request, email, what="forms") or is_first


def is_within_share(request: HttpRequest, email: str, *, what: str) -> bool:
    """Count one more email to a mailbox, from here and from all together; return False above either limit."""
    mailbox = without_tag(email)
    from_here = count_under("mail_to_mailbox_from_here", request, f"{what} {get_ip(request)} {mailbox}")
    return from_here and count_under("mail_to_mailbox", request, f"{what} {mailbox}")


def refuse_full_mailboxes(request: HttpRequest, *addresses: str | None, submission: object = "") -> None:
    """Count one more email that a member of staff causes to each of these addresses; what strangers request is counted
    apart. A `submission` that was let through is neither counted again nor refused, since it may have been saved; the
    action must recognise it.

    Raise Refused (too_many) if one has had enough, since staff may know whose it is, and have to know that nothing is
    saved.
    """
    mailboxes = sorted({without_tag(address) for address in addresses if address})
    if not mailboxes:
        return
    # Hashed: two mailboxes may be longer than a key of the cache.
    sent = " ".join([str(request.user.pk), str(submission), *mailboxes])
    let_through = f"let_through.{hashlib.sha256(sent.encode()).hexdigest()}"
    # Added before counting, so that of two clicks at once one is counted.
    if submission and not cache.add(let_through, True, timeout=A_DAY):
        return
    if count_mail_of_staff(request, *mailboxes):
        return
    if submission:
        cache.delete(let_through)
    raise Refused(
        TOO_MANY,
        _(
            "This email address has had many messages because of changes like this one. Nothing is saved: make a note "
            "of it, and try again in an hour, or tomorrow. If it cannot wait, ask a colleague to do it, or call "
            "the person."
        ),
    )


def count_mail_of_staff(request: HttpRequest, *addresses: str | None) -> bool:
    """Count one more email that a member of staff causes to each of these addresses; return False above the limits of
    one of them. They are far above what a call needs, and no IP address has one: a whole town hall has the same.
    """
    counted = []
    for mailbox in dict.fromkeys(without_tag(address) for address in addresses if address):
        by_one = count_under("mail_to_mailbox_by_one_of_staff", request, f"{request.user.pk} {mailbox}")
        counted.append(by_one and count_under("mail_to_mailbox_by_staff", request, mailbox))
    return all(counted)


def refuse_beyond(request: HttpRequest, name: str) -> None:
    """Count one more change under the limit `name`, for a page whose form is not ours; raise Refused (too_many) above
    it.
    """
    limited = limited_forms[name]
    from_here = consume(request, app="allauth.account", action=name, config=limited.rates)
    if not from_here or not count_under(limited.by, request, f"{name} {request.user.pk}"):
        raise Refused(TOO_MANY, _("You have used this form many times today. Nothing is saved: wait an hour."))


def is_within_rate(action: str, request: HttpRequest) -> bool:
    """Count one more request, of any method, from an IP address under one of `ACCOUNT_RATE_LIMITS`; return False above
    it.
    """
    return bool(consume(request, app="allauth.account", action=action, limit_get=True))


def count_under(action: str, request: HttpRequest, key: str) -> bool:
    """Count one more use by `key` under one of `ACCOUNT_RATE_LIMITS`; return False above it."""
    return ratelimit.consume(request, action=action, key=key)


def is_used_up(action: str, request: HttpRequest, key: str) -> bool:
    """Return whether one more use by `key` would be above one of `ACCOUNT_RATE_LIMITS`; count nothing."""
    return not ratelimit.consume(request, action=action, key=key, dry_run=True)
