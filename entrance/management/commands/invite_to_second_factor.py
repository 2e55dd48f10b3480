"""Invite somebody to make their first second factor: the first administrator, whom nobody else can invite."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entrance.actions.inviting import VALID, invite
from partnership import clock
from partnership.people.models import User


class Command(BaseCommand):
    help = f"Print a code with which the person can make their first second factor, once, within {VALID.days} days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = User.objects.filter(email=email).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {email}.")
        code = invite(person=person, by=None, now=clock.now())
        self.stdout.write(f"{code} (works once, for {VALID.days} days; tell it to {person.name}, never by email)")
