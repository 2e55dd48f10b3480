"""The demonstration's address register: made-up streets in every area, in our own CSV format."""

from collections.abc import Iterator
from csv import DictReader
from pathlib import Path

from partnership.places.models import Area, Partnership
from partnership.places.readers.addresses import COLUMNS

STREETS = Path(__file__).parent / "data" / "streets.csv"
DOORS = {"DK": ("tv", "th"), "SE": ("01", "02")}
# Odd and even numbers face each other; about 20 metres from house to house.
STEP_NORTH, STEP_EAST = 0.00018, 0.00012


def register_lines(partnership: Partnership) -> Iterator[bytes]:
    """Yield the register as `load_addresses` reads it, one home a line."""
    areas = {area.code: area for area in Area.objects.filter(partnership=partnership)}
    yield f"{';'.join(COLUMNS)}\n".encode()
    for street in _streets():
        if street["partnership"] == partnership.slug and street["area_code"] in areas:
            yield from _homes(partnership, street, areas[street["area_code"]])


def _streets() -> Iterator[dict[str, str]]:
    with STREETS.open(encoding="utf-8", newline="") as file:
        yield from DictReader((line for line in file if not line.startswith("#")), delimiter=";")


def _homes(partnership: Partnership, street: dict[str, str], area: Area) -> Iterator[bytes]:
    for turn, number in enumerate(_numbers(street["first"], street["last"])):
        along, side = turn // 2, (turn + 1) % 2
        latitude = area.latitude + along * STEP_NORTH
        longitude = area.longitude + side * STEP_EAST
        for door in _doors(street["floors"], partnership.country):
            cells = [
                f"{partnership.slug}-{area.code}-{street['street']}-{number}-{door.replace(' ', '')}"[:40],
                street["street"],
                number,
                door,
                street["postcode"],
                street["town"],
                f"{latitude:.6f}",
                f"{longitude:.6f}",
                area.code,
            ]
            yield f"{';'.join(cells)}\n".encode()


def _numbers(first: str, last: str) -> list[str]:
    """Return the house numbers of a line; one with a letter stands alone."""
    return [first] if first == last else [str(number) for number in range(int(first), int(last) + 1)]


def _doors(floors: str, country: str) -> list[str]:
    if not floors:
        return [""]
    return [f"{floor}. {door}" if country == "DK" else f"lgh 1{floor}{door}"
            for floor in floors.split(",") for door in DOORS[country]]  # fmt: skip
