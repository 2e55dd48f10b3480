"""Partnerships, areas and addresses for the tests of every room, with fixed facts."""

import datetime as dt

from partnership.places.models import Address, Area, Partnership


def a_partnership(slug: str = "randers", **more: object) -> Partnership:
    """Return a partnership under `<slug>.localhost`; Swedish when it is Kalmar."""
    swedish = slug == "kalmar"
    facts = {
        "name": "Grannsamverkan i Kalmar" if swedish else f"Bo Trygt! i {slug.title()} Kommune",
        "short_name": slug.title(),
        "municipality": f"{slug.title()} kommun" if swedish else f"{slug.title()} Kommune",
        "municipality_code": "0880" if swedish else "730",
        "country": "SE" if swedish else "DK",
        "language": "sv" if swedish else "da",
        "languages": ["sv", "en", "da"] if swedish else ["da", "sv", "en"],
        "time_zone": "Europe/Stockholm" if swedish else "Europe/Copenhagen",
        "host_names": [f"{slug}.localhost"],
        "police_name": "Polisen" if swedish else "Østjyllands Politi",
        "contact_name": "Naboskabskontoret",
        "contact_email": f"kontakt@{slug}.example",
        "contact_phone": "12 34 56 78",
        "signed_on": dt.date(2023, 8, 18),
    }
    return Partnership.objects.create(slug=slug, **(facts | more))


def an_area(where: Partnership, name: str = "Vorup", code: str = "8100", homes: int | None = 900) -> Area:
    return Area.objects.create(
        partnership=where, name=name, slug=name.lower(), code=code, latitude=56.45, longitude=10.03, homes=homes
    )


def an_address(where: Area, street: str = "Eksempelvej", number: str = "1", postcode: str = "8900", **more) -> Address:
    return Address.objects.create(
        partnership=where.partnership,
        area=where,
        register_id=f"{where.pk}-{street}-{number}-{more.get('floor_door', '')}",
        street=street,
        number=number,
        postcode=postcode,
        town="Randers C",
        **more,
    )
