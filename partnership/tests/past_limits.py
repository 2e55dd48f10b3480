"""What the nightly task of retention would delete."""

import datetime as dt

from partnership import retention


def past_limit(now: dt.datetime) -> dict[str, int]:
    """Return how many rows each rule would delete now; empty if none is past its limit."""
    found = {rule.name: rule.past(now).count() for rule in retention.by_name() if rule.past}
    return {name: number for name, number in found.items() if number}
