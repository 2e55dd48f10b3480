"""People from before mailboxes had one spelling, whose mailbox somebody else holds too.

Of each mailbox one person holds it, and can log in. A duplicate keeps its own spelling and waits until the
other is deleted or gets another mailbox.
"""

from collections import defaultdict
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction

from partnership.people.actions.recognising import several_names
from partnership.people.models import User
from partnership.places.models import Partnership
from written.mailboxes import canonical, without_tag


@dataclass(frozen=True)
class Duplicate:
    """A person who waits for a mailbox, and who holds it: None if nobody does, or if the mailbox cannot exist."""

    person: User
    holder: User | None

    @property
    def people(self) -> list[User]:
        """Both, who holds the mailbox first."""
        return [person for person in (self.holder, self.person) if person]

    @property
    def partnerships(self) -> list[Partnership | None]:
        """Where they are, in the order of `people`; None for who runs the platform."""
        return [person.partnership for person in self.people]


def duplicates(partnership: Partnership | None = None) -> list[Duplicate]:
    """Return the duplicates, sorted by name; with `partnership`, those of whom either person belongs to it."""
    people = User.objects.select_related("partnership")
    waiting = people.filter(is_duplicate=True).order_by("name", "pk")
    holders = {person.email: person for person in people.filter(email__in=[duplicate.email for duplicate in waiting])}
    found = [Duplicate(person, holders.get(canonical(person.email or ""))) for person in waiting]
    return [duplicate for duplicate in found if partnership is None or partnership in duplicate.partnerships]


def sharing_a_mailbox(partnership: Partnership) -> list[list[User]]:
    """Return the people of a partnership whose different addresses lead to one mailbox, such as vera@ and vera+1@: it
    may be one person who counts as several. Sorted by mailbox; the first known comes first.
    """
    people = User.objects.filter(partnership=partnership, is_duplicate=False).select_related("partnership")
    named = list(people.filter(several_names))
    mailboxes = {without_tag(person.email or "") for person in named}
    by_mailbox: dict[str, dict[int, User]] = defaultdict(dict)
    for person in [*named, *people.filter(email__in=mailboxes)]:
        by_mailbox[without_tag(person.email or "")][person.pk] = person
    found = [sorted(those.values(), key=lambda person: person.pk) for _mailbox, those in sorted(by_mailbox.items())]
    return [those for those in found if len(those) > 1]


@transaction.atomic
def give_free_mailboxes() -> int:
    """Give each duplicate the mailbox that nobody else holds any more, the oldest first; return how many got theirs."""
    given = 0
    for person in User.objects.filter(is_duplicate=True).order_by("pk"):
        mailbox = canonical(person.email or "")
        if not mailbox.isascii() or User.objects.filter(email=mailbox, is_duplicate=False).exists():
            continue
        User.objects.filter(pk=person.pk).update(email=mailbox, is_duplicate=False)
        EmailAddress.objects.filter(user=person).update(email=mailbox)
        given += 1
    return given
