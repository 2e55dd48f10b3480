"""What work costs the processor, compared with other work of the same run: no test has a limit in seconds, which a slow
machine or a measured run would pass without a fault.
"""

import time
from collections.abc import Callable
from functools import cache, partial

Cost = Callable[[str], object]

LENGTHS = (1_000, 8_000)
# Eight times the text takes eight times as long, or 64 times; small texts have a share that does not grow.
MOST = 20
# In pieces of plain Python: of linear cost are 8,000 characters of any kind in less; of quadratic cost, even a C
# loop's, in more.
SUSPICIOUS = 3


def seconds(work: Callable[[], object], *, enough: float = 0) -> float:
    """Return the processor's time for some work: the least of three, or the first below `enough`."""
    best = 1e9
    for _turn in range(3):
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
        if best < enough:
            break
    return best


@cache
def piece() -> float:
    """Return the seconds of a fixed piece of plain Python on this machine: about 0.01 in 2026."""
    return seconds(lambda: [same(number) for number in range(160_000)])


def same(it: object) -> object:
    """Return it: a call as plain as there is."""
    return it


def of_length(unit: str, length: int) -> str:
    return unit * (length // len(unit)) + "!"


def grows_too_fast(
    cost: Cost, unit: str, *, lengths: tuple[int, int] = LENGTHS, suspicious: float = SUSPICIOUS
) -> bool:
    """Return whether a text of this unit, repeated, costs by the square of its length. Work that takes less than some
    pieces of plain Python is not measured again.
    """
    enough = suspicious * piece()
    if seconds(partial(cost, of_length(unit, lengths[-1])), enough=enough) < enough:
        return False
    least, most = (seconds(partial(cost, of_length(unit, length)), enough=enough) for length in lengths)
    return most > max(enough, MOST * least)
