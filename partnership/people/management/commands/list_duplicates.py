"""List people who have one mailbox between them, from before mailboxes had one spelling."""

from typing import Any

from django.core.management.base import BaseCommand

from partnership.people.actions.duplicates import duplicates, give_free_mailboxes
from partnership.people.models import User


class Command(BaseCommand):
    help = "List people who have one mailbox between them. One that is free again goes to whoever waits for it."

    def handle(self, *args: Any, **options: Any) -> None:
        if number := give_free_mailboxes():
            self.stdout.write(f"{number} got their mailbox: nobody else holds it any more.")
        found = duplicates()
        for one in found:
            self.stdout.write(f"{one.person.email!a}: {_who(one.person)} waits, {_who(one.holder)} holds the mailbox.")
        self.stdout.write(
            "Ask the owner which one is used. Delete the other in the administration, or write another address there; "
            "the one that waits then gets the mailbox."
            if found
            else "Each mailbox is one person."
        )


def _who(person: User | None) -> str:
    return f"{person.name} (number {person.pk}, {person.partnership})" if person else "nobody"
