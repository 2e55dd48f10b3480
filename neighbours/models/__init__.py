"""Neighbour helpers with the history of each, and the lists of them that staff bring in."""

from neighbours.models.lists import LIST_KEPT, UNDONE_WITHIN, BroughtHelper, HelperList, HelperListStep
from neighbours.models.membership import (
    ACTIVE_MONTHS,
    FROM_LIST,
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
    "FROM_LIST",
    "LIST_KEPT",
    "UNCONFIRMED_KEPT",
    "UNDONE_WITHIN",
    "BroughtHelper",
    "HeardFrom",
    "Helper",
    "HelperList",
    "HelperListStep",
    "HelperQuerySet",
    "HelperStep",
    "State",
    "months_before",
]
