"""Partnerships, local areas and homes at the scale of a country."""

import datetime as dt

from django.db.backends.utils import CursorWrapper

from partnership.places.models import Area, Partnership
from partnership.scale import SLUG, Scale

HELPERS_OF_AN_AREA = 700
# With prefix, beginning and ending there are more names than the largest partnership has streets.
BEFORE = ["", "Nørre ", "Gl. ", "Sdr. ", "Øster ", "Lille "]
BEGINNING = """
    Ahorn Birke Bøge Ege Elme Fyrre Gran Hassel Hyben Kastanje Linde Lærke Mejse Mose Møl Nelike Pile Poppel Ribes Ros
    Rug Rønne Skov Sol Spurve Stær Svale Sø Tjørne Tulipan Vænge Ådals Åbrink Havre Hvede Kløver
    Drossel Fasan Hare Hjorte
""".split()  # noqa: SIM905
ENDING = ["vej", "gade", "vænget", "parken", "stien", "bakken", "lunden", "haven", "alle", "toften"]


def make_places(scale: Scale, cursor: CursorWrapper) -> None:
    """Make partnerships with areas, and for each helper a home; nine of ten have one of their own, and each home has an
    empty one beside it.
    """
    partnerships = Partnership.objects.bulk_create(_partnership(turn) for turn in range(len(scale.sizes)))
    areas = Area.objects.bulk_create(
        _area(where, turn, size)
        for where, size in zip(partnerships, scale.sizes, strict=True)
        for turn in range(_number_of_areas(size))
    )
    of: dict[int, list[int]] = {where.pk: [] for where in partnerships}
    for area in areas:
        of[area.partnership_id].append(area.pk)
    cursor.execute(
        "CREATE TEMPORARY TABLE scale_place (partnership_id bigint, size int, areas bigint[]) ON COMMIT DROP"
    )
    cursor.executemany(
        "INSERT INTO scale_place VALUES (%s, %s, %s)",
        [(where.pk, size, of[where.pk]) for where, size in zip(partnerships, scale.sizes, strict=True)],
    )
    for statement in (_HOMES, _ADDRESSES, _HOUSEHOLDS, _OF_HELPERS):
        cursor.execute(statement, {"before": BEFORE, "beginning": BEGINNING, "ending": ENDING})


def _partnership(turn: int) -> Partnership:
    slug, name = f"{SLUG}{turn + 1:02d}", f"Storby {turn + 1}"
    return Partnership(
        slug=slug, name=f"Bo Trygt! i {name} Kommune", short_name=name, municipality=f"{name} Kommune",
        municipality_code=f"9{turn:02d}", country="DK", language="da", languages=["da", "sv", "en"],
        host_names=[f"{slug}.localhost"], police_name=f"{name} Politi", contact_name="Naboskabskontoret",
        contact_email=f"kontakt@{slug}.example", contact_phone="12 34 56 78", signed_on=dt.date(2023, 8, 18),
        is_demonstration=True,
    )  # fmt: skip


def _number_of_areas(size: int) -> int:
    return max(1, round(size / HELPERS_OF_AN_AREA))


def _area(where: Partnership, turn: int, size: int) -> Area:
    name = f"Sogn {turn + 1}"
    return Area(
        partnership=where, code=f"{turn + 1:04d}", name=name, slug=f"sogn-{turn + 1}", homes_made_up=True,
        homes=2 * size // _number_of_areas(size), latitude=55.5 + turn % 8 / 50, longitude=9.5 + turn // 8 / 50,
    )  # fmt: skip


# Of ten helpers the last lives with the one before. A street has twenty helpers' homes, on the odd numbers.
_HOMES = """
CREATE TEMPORARY TABLE scale_house ON COMMIT DROP AS
SELECT *, nextval(pg_get_serial_sequence('places_address', 'id')) AS address_id,
    nextval(pg_get_serial_sequence('places_household', 'id')) AS household_id,
    %(before)s::text[] AS before, %(beginning)s::text[] AS beginning, %(ending)s::text[] AS ending
FROM (
    SELECT partnership_id, turn, areas[1 + turn %% cardinality(areas)] AS area_id,
        turn / cardinality(areas) %% 20 AS house,
        turn %% cardinality(areas) + turn / cardinality(areas) / 20 * cardinality(areas) AS street
    FROM scale_place, generate_series(0, size - 1) AS turn WHERE turn %% 10 <> 9
    ORDER BY partnership_id, turn
) AS homes
"""
_ADDRESSES = """
INSERT INTO places_address (id, partnership_id, area_id, register_id, street, number, floor_door, postcode, town,
    latitude, longitude)
SELECT CASE side WHEN 1 THEN address_id ELSE nextval(pg_get_serial_sequence('places_address', 'id')) END,
    house.partnership_id, area_id, 'scale-' || turn || '-' || side,
    before[1 + street / 400 %% 6] || beginning[1 + street %% 40] || ending[1 + street / 40 %% 10],
    2 * house + side || CASE WHEN turn %% 17 = 3 THEN 'B' ELSE '' END,
    CASE WHEN street %% 3 = 2 THEN 1 + turn %% 4 || CASE side WHEN 1 THEN '. tv' ELSE '. th' END ELSE '' END,
    (1000 + area_id %% 9000)::text, 'Storby', area.latitude + street * 0.0001, area.longitude + house * 0.0003
FROM scale_house AS house JOIN places_area AS area ON area.id = area_id, (VALUES (1), (2)) AS sides (side)
"""
_HOUSEHOLDS = """
INSERT INTO places_household (id, partnership_id, area_id, address_id)
SELECT household_id, partnership_id, area_id, address_id FROM scale_house
"""
# In the order in which they join, here and there in the country.
_OF_HELPERS = """
CREATE TEMPORARY TABLE scale_home ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY (helper.turn + 0.5) / size, partnership_id, helper.turn) AS number, partnership_id,
    area_id, household_id
FROM (
    SELECT partnership_id, size, turn, turn - (turn %% 10 = 9)::int AS home
    FROM scale_place, generate_series(0, size - 1) AS turn
) AS helper JOIN scale_house AS house USING (partnership_id)
WHERE house.turn = home
"""
