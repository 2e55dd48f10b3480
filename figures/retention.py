"""What `figures` stores: statistics, not about people."""

from figures.models import BurglaryCount, Import, YearlyCount

ABOUT_NOBODY = [BurglaryCount, Import, YearlyCount]
