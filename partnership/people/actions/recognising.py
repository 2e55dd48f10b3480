"""Recognises somebody who has no mailbox here, so that a second paper or call makes no second person of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Func, Q, Value
from django.db.models.functions import Right

from partnership.fields.phone import e164
from partnership.people.models import User
from partnership.people.own.residents import residents_of
from partnership.places.models import Address, Partnership
from written.mailboxes import without_tag
from written.names import first_and_last

# Mailboxes that have several names: what stands after a "+" does not count, and at Google no dots.
several_names = Q(email__contains="+") | Q(email__endswith="@gmail.com") | Q(email__endswith="@googlemail.com")
# Of a telephone number the last digits are the same in every spelling: with the country's code and without.
LAST_DIGITS = 6
# In the database, which cannot read numbers as `e164` does: it finds the few that are worth reading.
last_digits = Right(Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"), LAST_DIGITS)


def named_at(here: Partnership, *, name: str, address: Address) -> list[User]:
    """Return those of this first and last name whom rooms know at a stored address, the first known first."""
    wanted = first_and_last(name)
    living = [one for one in residents_of([address]) if one.partnership_id == here.pk and one.is_active]
    return sorted((one for one in living if first_and_last(one.name) == wanted), key=lambda one: one.pk)


def named_with_telephone(here: Partnership, *, name: str, phone: str) -> list[User]:
    """Return those of this first and last name who have this telephone number, the first known first."""
    wanted = first_and_last(name)
    return [one for one in with_telephone(here, phone) if first_and_last(one.name) == wanted]


def with_telephone(here: Partnership, phone: str) -> list[User]:
    """Return those who have this telephone number, by whatever name, the first known first."""
    return with_telephones(here, [phone]).get(e164(phone, here.country), [])


def with_telephones(here: Partnership, phones: Iterable[str]) -> dict[str, list[User]]:
    """Return, by telephone number, those who have one of these, by whatever name, the first known first."""
    numbers = {e164(phone, here.country) for phone in phones} - {""}
    likely = User.objects.filter(partnership=here, is_active=True).annotate(last_digits=last_digits)
    likely = likely.filter(last_digits__in={number[-LAST_DIGITS:] for number in numbers}).order_by("pk")
    found: dict[str, list[User]] = defaultdict(list)
    for one in likely if numbers else ():
        if (number := e164(one.phone, here.country)) in numbers:
            found[number].append(one)
    return found


def with_mailbox(here: Partnership, email: str) -> list[User]:
    """Return those whose mailbox gets what is sent to `email`, as vera@ gets what is sent to vera+1@; the first known
    first.
    """
    if not email:
        return []
    mailbox = without_tag(email)
    likely = User.objects.filter(partnership=here, is_active=True, email__startswith=mailbox[0]).order_by("pk")
    return [one for one in likely.filter(several_names | Q(email=mailbox)) if without_tag(one.email or "") == mailbox]


def alike(here: Partnership, *, name: str, email: str, phone: str, address: Address | None) -> list[User]:
    """Return the people who may be somebody whom staff write down, compared as on the page of duplicates: of the same
    first and last name with this telephone number or at this address, or with another name of the mailbox. The first
    known comes first.
    """
    named = [*named_with_telephone(here, name=name, phone=phone), *with_mailbox(here, email)]
    if address and address.pk:
        named += named_at(here, name=name, address=address)
    return sorted({one.pk: one for one in named}.values(), key=lambda one: one.pk)


def known_without_mailbox(here: Partnership, *, name: str, phone: str, address: int | None) -> User | None:
    """Return the person without a mailbox who has this name and this telephone number, or this name and this postal
    address (its id) and no other telephone number. None if there is none, or if it may be one of two.

    Whoever is recognised keeps the telephone number that they have, or none: anybody can hand in a paper with a name,
    an address and a telephone of their own, and a code by text message goes to that number.
    """
    number = e164(phone, here.country)
    named = User.objects.filter(partnership=here, email=None, is_active=True, name__iexact=name)
    numbers = {one: e164(one.phone, here.country) for one in named.select_related("postal_address")}
    same = [one for one, theirs in numbers.items() if number and theirs == number]
    at_home = [
        one
        for one, theirs in numbers.items()
        if address and _postal_address_of(one) == address and not (number and theirs)
    ]
    found = same or at_home
    return found[0] if len(found) == 1 else None


def _postal_address_of(person: User) -> int | None:
    found = getattr(person, "postal_address", None)
    return found.address_id if found else None
