"""What `figures` stores: statistics, and who imported them."""

from figures.models import BurglaryCount, Import, YearlyCount
from partnership.retention import TASK, Rule

RULES = [
    Rule(
        Import,
        holds="which member of staff imported which file, and when",
        purpose="to know where a figure comes from",
        basis=TASK,
        how_long="as long as the figures; the name until the person is deleted",
        seen_by="coordinators and administrators",
    ),
]
ABOUT_NOBODY = [BurglaryCount, YearlyCount]
