"""A small country as `seed_scale` makes it: pages keep to a fixed number of queries, and read people by indexes."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from neighbours.funnel import funnel
from neighbours.models import Helper, State
from partnership.people.models import Activity, Role, User
from partnership.people.staff import searching
from partnership.places.models import Address, Partnership
from partnership.scale import HELPERS, LARGEST, PARTNERSHIPS, sizes
from partnership.tests.cast import visit
from partnership.tests.rolling_back import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MADE = 3_000
MOST_QUERIES = 40
LARGE = ("people_user", "neighbours_helper ", "people_activity")
LIST, SEARCH = "/en/staff/helpers/", "/en/staff/people/"
FILTERS = ["", *(f"?state={state}" for state in ("pending", "confirmed", "left", "active", "asleep", "before"))]
# In every way that people are looked for; each finds somebody.
WANTED = [
    "jensen", "Søren", "soeren", "Gl. Birkevej", "gammel birkevej 1", "Birke vej", "rkevej", "anna birkevej", "lund",
    "@scale-01", "helper-1", "2000", "+45 2", "aadals", "Sdr. Birkevej", "Sønder Birkevej", "møllegade", "13B",
]  # fmt: skip


@pytest.fixture(scope="module")
def largest(module_db: None) -> Partnership:
    """Return the largest partnership of a small country."""
    call_command("seed_scale", helpers=MADE, verbosity=0)
    return Partnership.objects.get(slug="scale-01")


def staff_of(here: Partnership) -> User:
    return User.objects.get(roles__partnership=here, roles__kind=Role.Kind.COORDINATOR)


def test_the_largest_partnership_has_its_share_and_nobody_is_left_out() -> None:
    assert sizes(HELPERS)[0] == LARGEST
    for helpers in (1, 97, 98, 99, 1_000, HELPERS):
        made = sizes(helpers)
        assert (len(made), sum(made)) == (PARTNERSHIPS, helpers)
        assert made[0] == max(made)
        assert min(made) >= 0


def test_each_helper_has_a_home_and_a_history_and_most_did_something(largest: Partnership) -> None:
    assert (Helper.objects.count(), Partnership.objects.count()) == (MADE, PARTNERSHIPS)
    assert Helper.objects.filter(partnership=largest).count() == sizes(MADE)[0]
    assert set(Helper.objects.values_list("state", flat=True)) == set(State.values)
    assert not Helper.objects.filter(steps=None).exists()
    assert not Helper.objects.exclude(state=State.LEFT).filter(household=None).exists()
    assert Activity.objects.values("person").distinct().count() > MADE / 2
    assert Address.objects.filter(partnership=largest).values("street").distinct().count() > 1


def test_it_refuses_where_it_ran_before(largest: Partnership) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("seed_scale", helpers=1)


def test_it_refuses_beside_a_real_partnership_and_beside_real_people(largest: Partnership) -> None:
    with rolled_back():
        Partnership.objects.update(slug=Concat(Value("x"), F("slug")))
        for real in (
            {"email": "vera@example.dk", "partnership": largest},
            {"email": "r@x.example", "is_superuser": True},
        ):
            with rolled_back():
                User.objects.create_user(name="Vera", **real)
                with pytest.raises(CommandError, match="Here are people"):
                    call_command("seed_scale", helpers=1)
        Partnership.objects.filter(pk=largest.pk).update(is_demonstration=False)
        with pytest.raises(CommandError, match="Here is a partnership"):
            call_command("seed_scale", helpers=1)


def test_the_list_takes_the_same_queries_in_a_large_partnership_and_in_a_small_one(largest: Partnership) -> None:
    small = Partnership.objects.get(slug="scale-90")
    for query in FILTERS:
        numbers = set()
        for here in (largest, small):
            browser = visit(staff_of(here))
            browser.get(LIST + query)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(LIST + query).status_code == 200
            numbers.add(len(queries))
        assert max(numbers) <= MOST_QUERIES, query


def test_the_search_takes_the_same_queries_whoever_is_found(largest: Partnership) -> None:
    browser = visit(staff_of(largest))
    for wanted in WANTED:
        with CaptureQueriesContext(connection) as queries:
            assert browser.post(SEARCH, {"q": wanted, "purpose": "call"}).status_code == 200
        assert len(queries) <= MOST_QUERIES, wanted


def test_the_search_finds_whom_it_would_find_if_it_read_everybody(largest: Partnership) -> None:
    people = User.objects.filter(partnership=largest, is_superuser=False)
    read = list(people.values_list("pk", "name", "email", "phone"))
    lives = searching.homes_of(largest, [pk for pk, *_rest in read])

    def fits(wanted: str, pk: int, name: str, email: str | None, phone: str) -> bool:
        return searching._fits(wanted, name, email or "", phone, *searching._house(lives.get(pk)))

    some = [(name, phone, lives[pk]) for pk, name, _email, phone in read[:40] if pk in lives]
    for wanted in [
        *WANTED,
        *(name for name, _phone, _home in some),
        *(phone for _name, phone, _home in some if phone),
        *(home.line for _name, _phone, home in some),
        *(f"{name.split()[0]} {home.street}" for name, _phone, home in some),
    ]:
        expected = sum(fits(wanted, *row) for row in read)
        assert searching.found(people, largest, wanted)[1] == expected, wanted


def test_no_query_of_list_funnel_or_search_reads_all_people_or_all_helpers(largest: Partnership) -> None:
    browser = visit(staff_of(largest))
    with CaptureQueriesContext(connection) as queries:
        for query in FILTERS:
            browser.get(LIST + query)
        funnel(largest, largest.today())
        for wanted in WANTED:
            browser.post(SEARCH, {"q": wanted, "purpose": "call"})
    selects = {one["sql"] for one in queries if one["sql"].lstrip("( \n").startswith(("SELECT", "WITH"))}
    assert len(selects) > 30
    with connection.cursor() as cursor:
        # A small table is read whole even where there is an index: without this choice only what has none is.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in selects:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert not any(f"Seq Scan on {table}" in plan for table in LARGE), f"{sql}\n{plan}"
