"""The administration lists the imports that have figures of the municipality."""

import pytest

from figures.models import Import, YearlyCount
from figures.series import BRA_DWELLINGS
from partnership.people.models import Role
from partnership.tests.cast import NOW, Cast, visit

PAGE = "/admin/figures/import/"


def brought_in(source: str, area_code: str, digit: str) -> None:
    said = {"source": source, "format": "csv", "sha256": digit * 64, "fetched_at": NOW, "imported_at": NOW, "rows": 1}
    figure = {"area_code": area_code, "series": BRA_DWELLINGS, "year": 2024, "count": 7}
    YearlyCount.objects.create(from_import=Import.objects.create(**said), **figure)


@pytest.mark.parametrize("who", ["anne", "kerstin"])
def test_each_municipality_lists_its_own_sources(cast: Cast, who: str) -> None:
    reader = getattr(cast, who)
    Role.objects.filter(user=reader).update(kind=Role.Kind.ADMINISTRATOR)
    brought_in("Danmarks Statistik", cast.randers.municipality_code, "a")
    brought_in("Brottsförebyggande rådet", cast.kalmar.municipality_code, "b")
    page = visit(reader).get(PAGE).content.decode()
    assert ("Danmarks Statistik" in page) is (who == "anne")
    assert ("Brottsförebyggande" in page) is (who == "kerstin")
