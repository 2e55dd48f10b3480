"""How long places are kept; of these only a household is about people."""

from partnership.places.models import Address, Area, AreaFact, Household, Partnership
from partnership.retention import CONSENT, holds_nobody, keeps

keeps(
    Household,
    holds="that somebody at an address is a helper",
    purpose="to count helpers by area, and to write to those without e-mail",
    basis=CONSENT,
    how_long="until the last helper there leaves or is deleted",
    seen_by="coordinators and administrators",
)
holds_nobody(Partnership, Area, Address, AreaFact)
