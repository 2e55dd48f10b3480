"""Neighbour helpers with the history of each, the lists of them that staff bring in, and the cards on which they tell
what they have done.
"""

from neighbours.models.cards import ReplyCard
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
    "ReplyCard",
    "State",
    "months_before",
]
