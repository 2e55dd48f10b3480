"""Checks that the parts in a file add up to the whole, if the file has enough of them.

In every quarter: municipalities + Christiansø 411 + unknown municipality 998 = the country, and the five regions +
998 = the country. A part is never larger than its whole, which even a file of three areas can show.
"""

from collections import defaultdict

from django.utils.translation import gettext as _

from figures.areas import COUNTRY, REGIONS, UNKNOWN_MUNICIPALITY, areas
from figures.quarters import Quarter
from figures.reading import Reading

Counts = dict[str, int | None]


def check_sums(reading: Reading) -> None:
    """Refuse a reading whose parts do not add up."""
    by_quarter: dict[Quarter, Counts] = defaultdict(dict)
    for row in reading.rows:
        by_quarter[row.quarter][row.area] = row.count
    municipalities = [code for code in areas() if code != COUNTRY and code not in REGIONS]
    for quarter, counts in sorted(by_quarter.items()):
        _check_whole(reading, quarter, counts, municipalities, _("municipalities + 411 + 998"))
        _check_whole(reading, quarter, counts, [*REGIONS, UNKNOWN_MUNICIPALITY], _("regions + 998"))
        _check_parts(reading, quarter, counts)


def _check_whole(reading: Reading, quarter: Quarter, counts: Counts, parts: list[str], name: str) -> None:
    known = [counts.get(code) for code in parts]
    whole = counts.get(COUNTRY)
    if whole is None or any(count is None for count in known):
        return
    total = sum(count for count in known if count is not None)
    if total != whole:
        words = _("%(quarter)s: %(parts)s is %(total)d, but the country is %(whole)d")
        reading.refuse(0, words % {"quarter": quarter, "parts": name, "total": total, "whole": whole})


def _check_parts(reading: Reading, quarter: Quarter, counts: Counts) -> None:
    for code, count in counts.items():
        for whole_code in {areas()[code].region or COUNTRY, COUNTRY} - {code}:
            whole = counts.get(whole_code)
            if count is not None and whole is not None and count > whole:
                words = _("%(quarter)s: %(part)s has %(count)d, more than %(whole_code)s with %(whole)d")
                found = {"quarter": quarter, "part": code, "count": count, "whole_code": whole_code, "whole": whole}
                reading.refuse(0, words % found)
