"""Neighbour helpers with the history of each, and the lists of them that staff bring in."""

from neighbours.models.membership import (
    ACTIVE_MONTHS,
    UNCONFIRMED_KEPT,
    HeardFrom,
    Helper,
    HelperQuerySet,
    HelperStep,
    State,
    months_before,
)

__all__ = [
    "ACTIVE_MONTHS",
    "UNCONFIRMED_KEPT",
    "HeardFrom",
    "Helper",
    "HelperQuerySet",
    "HelperStep",
    "State",
    "months_before",
]
