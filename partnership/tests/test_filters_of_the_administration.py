"""Whatever stands in the address of a list of the administration, the list answers: every list, every filter."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.contrib import admin

from partnership.places.lists import CarefulList
from partnership.tests.cast import Cast, person, visit
from partnership.tests.odd_input import Carefully

ODD = ("\x00", "x\x00", "9" * 11, "9" * 30, "-1", "nan", "[", "2027-02-30")
LOOK_UPS = ("", "__exact", "__in", "__gte", "__lt", "__isnull", "__year", "__month")


def filters(one: admin.ModelAdmin) -> Iterator[str]:
    """Return the names under which a list can be narrowed."""
    yield from ("q", "o", "p", "all", "e")
    for shown in (*one.list_filter, one.date_hierarchy):
        of = shown[0] if isinstance(shown, tuple) else shown
        name = of if isinstance(of, str) else getattr(of, "parameter_name", "")
        if name:
            yield from (f"{name}{look_up}" for look_up in LOOK_UPS)


def test_every_list_is_one_that_takes_odd_filters() -> None:
    assert [one for one in admin.site._registry.values() if not issubclass(one.get_changelist(None), CarefulList)] == []


@pytest.mark.proof
@pytest.mark.django_db
def test_no_odd_filter_is_an_error_of_the_server(cast: Cast) -> None:
    root = Carefully(visit(person("Root", None, is_superuser=True), host="randers.localhost"))
    failed, tried = [], 0
    for model, one in admin.site._registry.items():
        at = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
        for name in filters(one):
            for odd in ODD:
                tried += 1
                if root.ask("get", f"{at}?{urlencode({name: odd})}").status_code >= 500:
                    failed.append(f"{at}?{name}={odd!r}")
    assert failed == []
    assert tried > 300
