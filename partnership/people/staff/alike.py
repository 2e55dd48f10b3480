"""People who may be one person: with one telephone number, or with one name at one address. Only staff can tell."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count

from partnership.fields.phone import e164
from partnership.people.actions.recognising import last_digits
from partnership.people.models import User, UserQuerySet
from partnership.people.rules import in_a_list
from partnership.people.staff.searching import homes
from partnership.places.models import Partnership
from written.names import first_and_last

A_MINUTE = 60


@dataclass(frozen=True)
class Alike:
    """People who have the same, and what it is; "Protected" if one of them is, since lists are left lying about."""

    what: str
    people: list[User]


def with_one_telephone(people: UserQuerySet, here: Partnership) -> list[Alike]:
    """Return those of `people` who have the same telephone number, however it is written; by number."""
    found = _groups(_sharing_last_digits(people), lambda one: e164(one.phone, here.country))
    return [Alike(in_a_list(here.in_groups(those[0].phone), *those), those) for those in found]


def with_one_name_and_home(people: UserQuerySet, here: Partnership) -> list[Alike]:
    """Return those of `people` who have the same first and last name and live at the same address; by name."""
    lives = {pk: home for find in homes for pk, home in find(here).values_list("person_id", "lives_at")}
    of_several = {home for home, number in Counter(lives.values()).items() if number > 1}
    shared = people.filter(pk__in=[pk for pk, home in lives.items() if home in of_several])
    found = _groups(shared, lambda one: (first_and_last(one.name), lives[one.pk]))
    at = here.addresses.in_bulk([lives[those[0].pk] for those in found])
    return [Alike(in_a_list(str(at[lives[those[0].pk]]), *those), those) for those in found]


def are_any(people: UserQuerySet, here: Partnership) -> bool:
    """Return whether there are any, for a menu on every page: as they were up to a minute ago, since much is read."""

    def look() -> bool:
        known = people.filter(is_active=True)
        return bool(with_one_telephone(known, here) or with_one_name_and_home(known, here))

    return bool(cache.get_or_set(f"people.alike.{here.pk}", look, A_MINUTE))


def _sharing_last_digits(people: UserQuerySet) -> UserQuerySet:
    """Return those of `people` whose number ends as another's does, which the database finds: to read every number as
    `e164` does takes twenty times as long.
    """
    numbered = people.exclude(phone="").annotate(last_digits=last_digits)
    several = numbered.order_by().values("last_digits").annotate(number=Count("pk")).filter(number__gt=1)
    return numbered.filter(last_digits__in=several.values("last_digits"))


def _groups(people: Iterable[User], same: Callable[[User], Hashable]) -> list[list[User]]:
    """Return the people of whom several have the same, the first known first; nothing is not the same."""
    groups: dict[Hashable, list[User]] = defaultdict(list)
    for one in sorted(people, key=lambda person: person.pk):
        groups[same(one)].append(one)
    return [those for what, those in sorted(groups.items(), key=lambda pair: str(pair[0])) if what and len(those) > 1]
