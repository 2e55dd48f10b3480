"""The outbox's own messages: the code to a mobile number, tests, and the digest."""

import dataclasses

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnership.fields.codes import spaced
from partnership.fields.printed_days import hour_in_words
from partnership.outbox.channels import sms
from partnership.outbox.counting import not_arrived
from partnership.outbox.digest import words_of_digest
from partnership.outbox.kinds import Words, words
from partnership.outbox.models import Message
from partnership.outbox.preferences.verifying import LIVES, is_awaited
from partnership.outbox.staff.samples import sample_words
from partnership.people.models import User


@words(
    "account.number_code",
    transactional=True,
    priority=Message.Priority.URGENT,
    is_account=True,
    holds_code=True,
    to_number=True,
    called=gettext_lazy("Mobile number: code"),
)
def number_code(message: Message) -> Words | None:
    """To a mobile number that its owner has typed; nothing once the code is no longer awaited."""
    if not message.is_sample and not is_awaited(message.about["row"], message.recipient):
        return None
    sentence = _("Type it on the page where you wrote your number. It works until %(hour)s. Not you? Do nothing.")
    sentence %= {"hour": hour_in_words(message.ends_at(LIVES))}
    stop = _("Answer STOP and no more come.") if sms.can_be_answered() else ""
    return Words(
        subject=_("%(code)s is your code") % {"code": spaced(message.about["code"])},
        paragraphs=[f"{sentence} {stop}".strip()],
    )


@words("outbox.test", transactional=True, called=gettext_lazy("Test to a member of staff"))
def shown_to_staff(message: Message) -> Words | None:
    """A test message that a member of staff sends to themselves."""
    reader = User.objects.filter(email=message.mailbox).first()
    said = sample_words(message.about["kind"], message.about["message"], message.partnership, reader)
    if said is None:
        return None
    return dataclasses.replace(said, subject=_("Test: %(subject)s") % {"subject": said.subject})


@words("outbox.digest", transactional=True, called=gettext_lazy("Staff: what has happened since yesterday"))
def digest(message: Message) -> Words | None:
    """To staff once a day: what they wanted collected, and are not told of one by one."""
    return words_of_digest(message)


@words(
    "outbox.not_arrived",
    transactional=True,
    called=gettext_lazy("Staff: messages that did not arrive"),
    in_digest=True,
)
def have_not_arrived(message: Message) -> Words | None:
    """To coordinators, in the digest: how many messages nobody has seen to that failed or came back; never to whom."""
    count = not_arrived(message.partnership)
    if not count and not message.is_sample:
        return None
    subject = ngettext("%(count)d message has not arrived", "%(count)d messages have not arrived", count)
    return Words(
        subject=subject % {"count": count},
        paragraphs=[_("Nobody has seen to it yet. See why, and call those who need to know.")],
        button=(_("See what did not arrive"), f"{message.partnership.url(reverse('outbox:staff'))}?show=failed"),
    )
