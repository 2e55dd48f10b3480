"""The outbox's own messages: emails about accounts, for allauth."""

import dataclasses
import datetime as dt
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.codes import spaced
from partnership.fields.printed_days import hour_in_words
from partnership.outbox.channels import sms
from partnership.outbox.digest import words_of_digest
from partnership.outbox.kinds import Words, words
from partnership.outbox.models import Message
from partnership.outbox.preferences.verifying import is_awaited
from partnership.outbox.staff.samples import sample_words
from partnership.people.limits import READS_MAIL
from partnership.people.models import User


def _end_of(message: Message) -> str:
    """Return the local hour until which a code works. How many minutes are left depends on when it is read."""
    lives = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    # A sample for staff has no end.
    ends_at = message.expires_at or clock.now() + lives
    return hour_in_words(clock.local(ends_at, message.partnership.zone))


@words(
    "account.login_code",
    transactional=True,
    priority=Message.Priority.URGENT,
    is_account=True,
    called=gettext_lazy("Log-in: code"),
)
def login_code(message: Message) -> Words:
    code = spaced(message.about["code"])
    return Words(
        subject=_("%(code)s is your code") % {"code": code},
        paragraphs=[
            _("Type this code on the page where you asked for it. It works until %(hour)s.")
            % {"hour": _end_of(message)},
            _("Did you not ask for a code? Then you do not need to do anything. Never give the code to anyone else."),
        ],
        facts=[(_("Your code"), code)],
        links=[(_("Do you get no code on another device? Open this link there, and ask again"), _own_way_in(message))],
    )


def _own_way_in(message: Message) -> str:
    """Return the page that asks for a code, with what shows that the reader has this email."""
    home = message.recipient.partnership if message.recipient else None
    own = urlencode({"own": READS_MAIL.make(message.recipient_id)})
    return (home or message.partnership).url(f"{reverse('account_request_login_code')}?{own}")


@words(
    "account.number_code",
    transactional=True,
    priority=Message.Priority.URGENT,
    is_account=True,
    to_number=True,
    called=gettext_lazy("Mobile number: code"),
)
def number_code(message: Message) -> Words | None:
    # A message without a stored code is a sample for staff.
    if "row" in message.about and not is_awaited(message.about["row"], message.recipient):
        return None
    sentence = _("Type it on the page where you wrote your number. It works until %(hour)s. Not you? Do nothing.")
    sentence %= {"hour": _end_of(message)}
    stop = _("Answer STOP and no more come.") if sms.can_be_answered() else ""
    return Words(
        subject=_("%(code)s is your code") % {"code": spaced(message.about["code"])},
        paragraphs=[f"{sentence} {stop}".strip()],
    )


@words(
    "account.unknown_account",
    transactional=True,
    priority=Message.Priority.URGENT,
    is_account=True,
    called=gettext_lazy("Log-in: address that we do not know"),
)
def unknown_account(message: Message) -> Words:
    partnership = message.partnership
    return Words(
        subject=_("We do not know this e-mail address"),
        paragraphs=[
            _("Somebody asked for a code to log in to %(name)s with this e-mail address.") % {"name": partnership.name},
            _("We do not know the address, so there is no code."),
            _("Was it you? Perhaps you joined with another address. You can also become a neighbour helper now."),
            _("Was it not you? Then you do not need to do anything."),
        ],
        button=(_("Become a neighbour helper"), partnership.url(reverse("neighbours:join"))),
    )


@words(
    "account.at_home_elsewhere",
    transactional=True,
    priority=Message.Priority.URGENT,
    is_account=True,
    called=gettext_lazy("Log-in: account at another partnership"),
)
def at_home_elsewhere(message: Message) -> Words | None:
    if message.recipient is None or message.recipient.partnership is None:
        return None
    home = message.recipient.partnership
    return Words(
        subject=_("Log in at %(name)s") % {"name": home.short_name},
        paragraphs=[
            _("Somebody asked for a code with this e-mail address at %(asked)s. Your account is at %(name)s.")
            % {"asked": message.partnership.name, "name": home.name},
            _("Was it not you? Then you do not need to do anything."),
        ],
        button=(_("Log in"), _own_way_in(message)),
    )


def _about_your_log_in(subject: str, sentence: str) -> Words:
    return Words(
        subject=subject,
        paragraphs=[sentence, _("Was it not you? Then call us today, so that we can help you to stop it.")],
    )


@words(
    "account.totp_activated",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Log-in: authenticator app added"),
)
def totp_activated(message: Message) -> Words:
    return _about_your_log_in(
        _("You now log in with an authenticator app"), _("An authenticator app was added to your log-in.")
    )


@words(
    "account.totp_deactivated",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Log-in: authenticator app removed"),
)
def totp_deactivated(message: Message) -> Words:
    return _about_your_log_in(
        _("The authenticator app is removed"), _("The authenticator app was removed from your log-in.")
    )


@words("account.webauthn_added", transactional=True, is_account=True, called=gettext_lazy("Log-in: passkey added"))
def webauthn_added(message: Message) -> Words:
    return _about_your_log_in(_("A passkey is added"), _("A passkey was added to your log-in."))


@words("account.webauthn_removed", transactional=True, is_account=True, called=gettext_lazy("Log-in: passkey removed"))
def webauthn_removed(message: Message) -> Words:
    return _about_your_log_in(_("A passkey is removed"), _("A passkey was removed from your log-in."))


@words(
    "account.recovery_codes_generated",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Log-in: new recovery codes"),
)
def recovery_codes_generated(message: Message) -> Words:
    return _about_your_log_in(
        _("You have new recovery codes"),
        _("New recovery codes were made for your log-in. The old ones no longer work."),
    )


@words("outbox.test", transactional=True, called=gettext_lazy("Test to a member of staff"))
def shown_to_staff(message: Message) -> Words | None:
    """A test message that a member of staff sends to themselves."""
    reader = User.objects.filter(email=message.address).first()
    said = sample_words(message.about["kind"], message.about["message"], message.partnership, reader)
    if said is None:
        return None
    return dataclasses.replace(said, subject=_("Test: %(subject)s") % {"subject": said.subject})


@words("outbox.digest", transactional=True, called=gettext_lazy("Staff: what has happened since yesterday"))
def digest(message: Message) -> Words | None:
    return words_of_digest(message)
