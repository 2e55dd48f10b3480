"""Recognises which of many whom staff bring in at once are known already, as `recognising.alike` does one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from partnership.fields.phone import e164
from partnership.people.actions.recognising import several_names, with_telephones
from partnership.people.models import User
from partnership.people.own.residents import residents_of
from partnership.places.models import Address, Partnership
from written.mailboxes import canonical, without_tag
from written.names import first_and_last


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Somebody in a file, as it was written."""

    name: str
    email: str
    phone: str
    address: Address


class Recognised:
    """Who of some people is known here, and whose mailbox is another partnership's: in a fixed number of statements,
    and as many as there are rooms that know homes for each address where somebody of the same name lives.
    """

    def __init__(self, here: Partnership, sought: Iterable[Sought]) -> None:
        self.here = here
        people = list(sought)
        self._holders = self._with_mailboxes(people)
        self._alike = self._with_alike_mailboxes(people)
        self._callers = with_telephones(here, (one.phone for one in people))
        homes = {one.address.pk: one.address for one in people}
        self._names = {first_and_last(one.name) for one in residents_of(homes.values())}
        self._at_home: dict[int, list[User]] = {}

    def known(self, one: Sought) -> User | None:
        """Return somebody known here who has this mailbox under any of its names, or who has the same first and last
        name and this telephone number or this home; None if nobody does.
        """
        holder = self._holders.get(canonical(one.email))
        if holder is not None and holder.partnership_id == self.here.pk:
            return holder
        if one.email and (alike := self._alike.get(without_tag(one.email))):
            return alike
        named = first_and_last(one.name)
        callers = self._callers.get(e164(one.phone, self.here.country), ())
        found = [*callers, *(self._residents(one.address) if named in self._names else ())]
        return next((person for person in found if first_and_last(person.name) == named), None)

    def elsewhere(self, one: Sought) -> User | None:
        """Return who has the mailbox, if they belong to another partnership or to none."""
        holder = self._holders.get(canonical(one.email))
        return holder if holder is not None and holder.partnership_id != self.here.pk else None

    def _residents(self, address: Address) -> list[User]:
        if address.pk not in self._at_home:
            found = residents_of([address])
            self._at_home[address.pk] = [one for one in found if one.partnership_id == self.here.pk and one.is_active]
        return self._at_home[address.pk]

    def _with_mailboxes(self, people: list[Sought]) -> Mapping[str, User]:
        mailboxes = {canonical(one.email) for one in people if one.email}
        return {str(holder.email): holder for holder in User.objects.filter(email__in=mailboxes)}

    def _with_alike_mailboxes(self, people: list[Sought]) -> Mapping[str, User]:
        bare = {without_tag(one.email) for one in people if one.email}
        likely = User.objects.filter(Q(email__in=bare) | several_names, partnership=self.here, is_active=True)
        numbers = dict(likely.exclude(email=None).order_by("-pk").values_list("email", "pk"))
        alike = {without_tag(email): pk for email, pk in numbers.items() if without_tag(email) in bare}
        found = User.objects.in_bulk(alike.values())
        return {mailbox: found[pk] for mailbox, pk in alike.items()}
