"""What messages that somebody waits for at a form have in common: how they are sent, and the words around a code."""

from typing import Any

from django.utils.translation import gettext as _

from entrance.accounts import CODE_LIVES
from partnership.fields.codes import spaced
from partnership.fields.printed_days import hour_in_words
from partnership.outbox.post import Message, Words

AT_ONCE: dict[str, Any] = {"transactional": True, "priority": Message.Priority.URGENT, "is_account": True}
WITH_CODE = AT_ONCE | {"holds_code": True}


def email_with_code(message: Message, type_it: str, *more: str, **words: Any) -> Words:
    """Return the words of an email with a code. `type_it` says where to type it, and until what `%(hour)s` it works: an
    hour and not minutes, since how many are left depends on when it is read.
    """
    code = spaced(message.about["code"])
    until = {"hour": hour_in_words(message.ends_at(CODE_LIVES))}
    return Words(
        subject=_("%(code)s is your code") % {"code": code},
        paragraphs=[type_it % until, *more],
        facts=[(_("Your code"), code)],
        **words,
    )
