"""Moves cases to a state by allowed steps, without calling their actions."""

import datetime as dt
from collections import deque

from partnership import cases


def bring_to(case: cases.Case, state: str, *, now: dt.datetime) -> None:
    """Move a case to `state` by the fewest steps; do nothing if it is there already."""
    for to in _way(case.TRANSITIONS, case.state, state):
        cases.move(case, to, by=None, now=now)


def _way(transitions: cases.Transitions, before: str, state: str) -> list[str]:
    ways = deque([[before]])
    while ways[0][-1] != state:
        way = ways.popleft()
        ways += [[*way, after] for after in transitions.table[way[-1]] if after not in way]
    return ways[0][1:]
