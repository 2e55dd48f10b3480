"""The made-up associations of the demonstration, and the talks that they have had."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Host:
    """An association that has had talks, or asks for one."""

    name: str
    kind: str
    area_code: str
    homes: int
    chair: str
    place: str


HOSTS = {
    "randers": (
        Host("Grundejerforeningen Eksempelvej", "homeowners", "8182", 40, "ruth", "Fælleshuset, Eksempelvej 41"),
        Host("Ejerforeningen Eksempelgården", "owner_flats", "8182", 32, "chair-1", "Eksempelgården, fællesrummet"),
        Host("Andelsboligforeningen Modellen", "cooperative", "8146", 64, "chair-2", "Modelvænget 1, beboerhuset"),
        Host("Grundejerforeningen Prøvevej", "homeowners", "8213", 120, "chair-3", "Forsamlingshuset ved Prøvevej"),
        Host("Boligforeningen Mønsteret", "housing", "9078", 210, "chair-4", "Mønsterstien 2, kælderlokalet"),
    ),
    "kalmar": (
        Host("Bostadsrättsföreningen Exempelvägen", "cooperative", "K01", 48, "gunnar", "Föreningslokalen"),
        Host("Villaägarna Provgränd", "homeowners", "K07", 150, "chair-1", "Bygdegården"),
    ),
}
# Talks given in the past months: which host, how many days ago, which talk, how many came.
TOOK_PLACE = {
    "randers": (
        (3, 640, "burglary", 54), (1, 560, "flats", 23), (4, 470, "burglary", 61), (2, 410, "group_start", 14),
        (0, 330, "burglary", 38), (3, 270, "investigator", 26), (1, 205, "online", 31), (4, 160, "flats", 44),
        (2, 110, "burglary", 35), (3, 75, "group_start", 12), (0, 47, "investigator", 29), (4, 19, "burglary", 48),
    ),
    "kalmar": ((1, 300, "burglary", 41), (0, 120, "flats", 22), (1, 26, "group_start", 13)),
}  # fmt: skip
