"""What is said when somebody has changed how they are reached after a code by letter or text message: where they were
reached before, since whoever gets at one letter has such a code.
"""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrance.messages.reach import (
    hint_of_mailbox,
    hint_of_number,
    no_code_yet,
    of_held_back_mailbox,
    of_held_back_number,
)
from partnership.outbox.post import Message, Words, words

ONE_DAY = dt.timedelta(days=1)


@words(
    "entrance.reach_by_code",
    transactional=True,
    warns=True,
    called=gettext_lazy("How a person is reached: changed after a code by letter or text message, to the mailbox"),
    by_email=True,
)
def reach_by_code(message: Message) -> Words | None:
    """To the mailbox that they have used, whatever channel was chosen since. Of what was written it says as little as
    `reach.reach_written`.
    """
    return _changed(message, list(message.about["details"]))


@words(
    "entrance.reach_by_code_home",
    transactional=True,
    warns=True,
    called=gettext_lazy("How a person is reached: changed after a code by letter or text message, to the home"),
    by_letter=True,
)
def reach_by_code_home(message: Message) -> Words | None:
    """`reach_by_code` by letter, to where they lived before the change. It also tells what waits: the letter about that
    may have gone to a home that was written since. Of several there on one day the last tells all; the others go no
    more.
    """
    there = Message.objects.filter(
        kind=message.kind, recipient=message.recipient, about__letter_to=message.about.get("letter_to")
    )
    if message.pk and there.filter(pk__gt=message.pk, created_at__lt=message.created_at + ONE_DAY).exists():
        return None
    what = list(message.about["details"])
    what += ["email"] if of_held_back_mailbox(message) and "email" not in what else []
    what += ["phone"] if of_held_back_number(message) and "phone" not in what else []
    return _changed(message, what)


def _changed(message: Message, what: list[str]) -> Words | None:
    person, here = message.recipient, message.partnership
    if person is None:
        return None
    noted = {
        "name": [_("Your name is written in another way now.")],
        "address": [_("Now we have a new address for you."), *no_code_yet(message)],
        "email": [
            _("Now we have a new email address for you."),
            hint_of_mailbox(person),
            *of_held_back_mailbox(message),
        ],
        "phone": (
            [_("Now we have a new telephone number for you."), hint_of_number(message), *of_held_back_number(message)]
            if person.phone
            else [_("Your telephone number has been deleted.")]
        ),
        "way": [_("Now you get our messages in another way than before.")],
    }
    return Words(
        subject=_("How we reach you has been changed"),
        paragraphs=[
            _("It was done on your own page, with a code that we had sent you by letter or text message."),
            *(" ".join(sentences) for name, sentences in noted.items() if name in what),
            _("If it was you, you do not need to do anything."),
            _("If it was not you, call us today, and we will put it right: %(name)s, %(phone)s.") % here.call_us,
        ],
    )


@words(
    "entrance.unproven_deleted",
    transactional=True,
    warns=True,
    called=gettext_lazy("Email address or telephone number: deleted, since nobody had confirmed it"),
    by_letter=True,
)
def unproven_deleted(message: Message) -> Words:
    """To the home, when a mailbox or a number ends that came with such a code, and that nobody had proven."""
    said = {
        "email": _(
            "For safety we have deleted an email address that was written on your own page a short time ago. Nobody "
            "had used it yet."
        ),
        "phone": _(
            "For safety we have deleted a telephone number that was written on your own page a short time ago. Nobody "
            "had used it yet."
        ),
    }
    return Words(
        subject=_("We have deleted what nobody had confirmed"),
        paragraphs=[
            *(sentence for name, sentence in said.items() if name in message.about["details"]),
            _("If it is yours, call us, and we will write it down again: %(name)s, %(phone)s.")
            % message.partnership.call_us,
        ],
    )
