"""Addresses that staff type because the register does not know them, until it does."""

import re
import uuid
from contextlib import suppress

from django.core.exceptions import ValidationError

from partnership.places.models import Address, Area
from partnership.places.plausible import strange_number
from written.addresses import streets_in

_LINE = re.compile(r"(?P<street>.*?[^\W\d].*?)[\s,]+(?P<number>\d{1,4}\s?[^\W\d_]?)(?![^\W_])[\s,.]*(?P<door>.*)")


def typed_address(area: Area, line: str, postcode: str, town: str = "") -> Address | None:
    """Return an address as it was typed, not stored; None if it has no road and number, or no home is known in
    that postcode and no town is given. A road that the register knows is spelt as there, and so is its town.
    """
    found = _LINE.fullmatch(" ".join(line.split()))
    postcode = re.sub(r"\D", "", postcode)
    here = area.partnership.addresses.offered().filter(postcode=postcode)
    town = here.values_list("town", flat=True).first() or " ".join(town.split())
    if found is None or not town:
        return None
    street, number, door = found["street"].strip(" ,"), found["number"].replace(" ", "").upper(), found["door"]
    if strange_number(area.partnership, number, postcode):
        return None
    known = streets_in(street, here.values_list("street", flat=True).distinct())
    street = next((name for name, rest in known if not rest.strip(" ,.")), street)
    address = Address(
        partnership=area.partnership,
        area=area,
        register_id=f"{Address.TYPED}{uuid.uuid4().hex}",
        street=street,
        number=number,
        floor_door=door,
        postcode=postcode,
        town=town,
    )
    with suppress(ValidationError):
        address.clean_fields(exclude=["partnership", "area"])
        return address
    return None
