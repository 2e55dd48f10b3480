"""What allauth sends: codes to log in, and what was added to a log-in or removed. allauth chooses the kinds' names."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entrance.messages.at_once import AT_ONCE, WITH_CODE, email_with_code
from entrance.owners import READS_MAIL
from partnership import clock
from partnership.outbox.post import Message, Words, words
from partnership.people.links import digest_of
from partnership.people.own.held_back import said_to_whoever_asked


@words(
    "account.login_code",
    **WITH_CODE,
    called=gettext_lazy("Log-in: code"),
)
def login_code(message: Message) -> Words:
    """To somebody who asks to log in with an address that we know. The code is valid for `CODE_LIVES`."""
    elsewhere = _("If no code comes when you log in on another phone or computer, open this link there")
    return email_with_code(
        message,
        _("Type this code on the page where you asked for it. It works until %(hour)s."),
        _("If you did not ask for a code, you can ignore this email. Never give the code to anyone else."),
        links=[(elsewhere, _own_way_in(message))],
    )


def _own_way_in(message: Message) -> str:
    """Return the page that asks for a code, with what shows that the reader has this email."""
    home = message.recipient.partnership if message.recipient else None
    own = READS_MAIL.make(message.recipient and digest_of(message.recipient))
    query = urlencode({"own": own, "lang": get_language()})
    return (home or message.partnership).url(f"{reverse('account_request_login_code')}?{query}")


@words(
    "account.unknown_account",
    **AT_ONCE,
    called=gettext_lazy("Log-in: address that we do not know"),
)
def unknown_account(message: Message) -> Words:
    """To an address that we do not know and that somebody typed at log-in, since the page must not tell."""
    partnership = message.partnership
    return Words(
        subject=_("We do not know this email address"),
        paragraphs=[
            _("Somebody asked for a code to log in to %(name)s with this email address.") % {"name": partnership.name},
            _("We do not know the address, so there is no code."),
            _("Was it you? Perhaps you joined with another email address. You can also become a neighbour helper now."),
            _("If it was not you, you do not need to do anything."),
        ],
        button=(_("Become a neighbour helper"), partnership.url(reverse("neighbours:join"))),
    )


@words(
    "account.held_back",
    **AT_ONCE,
    called=gettext_lazy("Log-in: address that opens nothing yet"),
)
def held_back(message: Message) -> Words | None:
    """To a mailbox that staff have written down lately: it says nothing about whose it is to be."""
    asked = _("Somebody asked for a code to log in to %(name)s with this email address.") % {
        "name": message.partnership.name
    }
    said = said_to_whoever_asked(message.recipient, message.partnership, asked=asked, now=clock.now())
    return Words(subject=_("You cannot log in with this email address yet"), paragraphs=said) if said else None


@words(
    "account.at_home_elsewhere",
    **AT_ONCE,
    called=gettext_lazy("Log-in: account at another partnership"),
)
def at_home_elsewhere(message: Message) -> Words | None:
    """To somebody who asks to log in here and whose account is at another partnership: the link leads there."""
    if message.recipient is None or message.recipient.partnership is None:
        return None
    home = message.recipient.partnership
    return Words(
        subject=_("Log in at %(name)s") % {"name": home.short_name},
        paragraphs=[
            _("Somebody asked for a code with this email address at %(asked)s. Your account is at %(name)s.")
            % {"asked": message.partnership.name, "name": home.name},
            _("If it was not you, you do not need to do anything."),
        ],
        button=(_("Log in"), _own_way_in(message)),
    )


def _about_your_log_in(subject: str, sentence: str) -> Words:
    return Words(
        subject=subject,
        paragraphs=[sentence, _("If it was not you, call us today, so that we can help you to stop it.")],
    )


@words(
    "account.totp_activated",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Log-in: authenticator app added"),
)
def totp_activated(message: Message) -> Words:
    """To the owner, when an authenticator app was added."""
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
    """To the owner, when the authenticator app was removed."""
    return _about_your_log_in(
        _("The authenticator app is removed"), _("The authenticator app was removed from your log-in.")
    )


@words("account.webauthn_added", transactional=True, is_account=True, called=gettext_lazy("Log-in: passkey added"))
def webauthn_added(message: Message) -> Words:
    """To the owner, when a passkey or a security key was added."""
    return _about_your_log_in(
        _("A passkey or security key has been added"), _("A passkey or security key was added to your log-in.")
    )


@words("account.webauthn_removed", transactional=True, is_account=True, called=gettext_lazy("Log-in: passkey removed"))
def webauthn_removed(message: Message) -> Words:
    """To the owner, when a passkey or a security key was removed."""
    return _about_your_log_in(
        _("A passkey or security key has been removed"), _("A passkey or security key was removed from your log-in.")
    )


@words(
    "account.recovery_codes_generated",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Log-in: new recovery codes"),
)
def recovery_codes_generated(message: Message) -> Words:
    """To the owner, when recovery codes were made, which ends the old ones."""
    return _about_your_log_in(
        _("You have new recovery codes"),
        _("New recovery codes were made for your log-in. The old ones no longer work."),
    )
