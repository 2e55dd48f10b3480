"""What is said with a code for one's own data."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrance.accounts import CODE_LIVES
from entrance.messages.at_once import AT_ONCE, WITH_CODE, email_with_code
from partnership import clock
from partnership.fields.codes import spaced
from partnership.fields.printed_days import day_in_words, hour_in_words
from partnership.outbox.post import Message, Words, words
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode

SAMPLE = "0000 0000 0000"


@words(
    "entrance.email_code",
    **WITH_CODE,
    called=gettext_lazy("Email address: code to the new one"),
)
def email_code(message: Message) -> Words:
    """To a new address that somebody who is logged in has typed: its code makes the address theirs."""
    return email_with_code(
        message,
        _("Type this code on the page where you wrote your new email address. It works until %(hour)s."),
        _("From then on you log in with a code that we send to this address."),
        _("If you did not ask for a code, you can ignore this message. Never give the code to anyone else."),
    )


@words(
    "entrance.email_taken",
    **AT_ONCE,
    called=gettext_lazy("Email address: somebody else wrote it as their own"),
)
def email_taken(message: Message) -> Words:
    """To the owner of an address that somebody else typed as their new one, in place of `email_code`."""
    here = message.partnership
    return Words(
        subject=_("Somebody wrote your email address as theirs"),
        paragraphs=[
            _(
                "Somebody who is logged in at %(name)s wanted to use this email address. It is yours, so nothing "
                "is changed."
            )
            % {"name": here.name},
            _("Was it you? Then we know you twice. Log in with this email address, or call %(name)s on %(phone)s.")
            % here.call_us,
            _("If it was not you, you do not need to do anything."),
        ],
    )


@words(
    "entrance.text_code",
    **WITH_CODE,
    to_number=True,
    called=gettext_lazy("Own data: code by text message"),
)
def text_code(message: Message) -> Words:
    """To the number of somebody without an account who asks what we know of them."""
    sentence = _("Type it on the page where you asked for it, to see what we know about you. It works until %(hour)s.")
    sentence %= {"hour": hour_in_words(message.ends_at(CODE_LIVES))}
    not_you = _("Not you? Do nothing.")
    return Words(
        subject=_("%(code)s is your code") % {"code": spaced(message.about["code"])},
        paragraphs=[f"{sentence} {not_you}"],
    )


@words(
    "entrance.letter_code",
    transactional=True,
    is_account=True,
    holds_code=True,
    by_letter=True,
    called=gettext_lazy("Own data: code by letter"),
)
def letter_code(message: Message) -> Words | None:
    """To the home of somebody without an account who asks what we know of them; nothing once the code is used."""
    here = message.partnership
    code = None
    if not message.is_sample:
        code = printed_codes.open_codes(clock.now()).filter(pk=message.about["printed"]).first()
        if code is None:
            return None
    page = here.url(reverse("entrance:printed_code"))
    return Words(
        subject=_("Your code to see what we know about you"),
        paragraphs=[
            _("You have asked for a code by letter. With it you can see what %(name)s knows about you, take it with "
              "you, correct it and delete it.") % {"name": here.name},
            _("Type the code on this page: %(page)s") % {"page": page.partition("://")[2]},
            _("It works once, until %(day)s.") % {"day": day_in_words(_last_day(code, message))},
            _("Have you no computer? Ask at the library. Or call %(name)s on %(phone)s, and we do it for you.")
            % here.call_us,
            _("If you did not ask for it, throw the letter away. Nothing happens without the code."),
        ],
        facts=[(_("Your code"), printed_codes.digits_of(code) if code else SAMPLE)],
        button=(_("Type the code"), page),
    )  # fmt: skip


def _last_day(code: PrintedCode | None, message: Message) -> dt.date:
    ends = code.expires_at if code else clock.now() + printed_codes.LASTS
    return clock.local(ends, message.partnership.zone).date()
