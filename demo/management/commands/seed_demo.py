from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from dashboard.actions.area_facts import write_area_facts
from dashboard.demonstration import set_goal
from demo.cards import hand_out_cards
from demo.casting import bring_on_the_cast
from demo.contacts import note_contacts, record_look_ups
from demo.population import populate
from demo.register import register_lines
from demo.talks import plan_talks
from figures.shipped import load_shipped
from partnership import clock
from partnership.database_roles import renew_statistics
from partnership.places.actions.addresses import write_addresses
from partnership.places.actions.areas import write_areas
from partnership.places.actions.partnerships import load_profile
from partnership.places.models import Address, Partnership
from partnership.places.profiles import areas_file, profile_file, read_profile
from partnership.places.readers.addresses import read
from partnership.places.readers.areas import read_csv

HELPERS = {"randers": 470, "kalmar": 60}


class Command(BaseCommand):
    help = "Loads the demonstration: both partnerships, made-up people and streets, real figures. Again is harmless."

    def handle(self, **options: Any) -> None:
        now = clock.now()
        load_shipped(now=now)
        call_command("load_advice", verbosity=0, stdout=self._quiet())
        for slug, helpers in HELPERS.items():
            partnership = self._place(slug)
            set_goal(partnership=partnership, now=now)
            bring_on_the_cast(partnership=partnership, now=now)
            populate(partnership=partnership, count=helpers, now=now)
            hand_out_cards(partnership=partnership, now=now)
            note_contacts(partnership=partnership, now=now)
            record_look_ups(partnership=partnership, now=now)
            plan_talks(partnership=partnership, now=now)
            write_area_facts(partnership, clock.local(now, partnership.zone).date())
            renew_statistics()

    def _place(self, slug: str) -> Partnership:
        """Load a partnership with its areas and its register; one that exists is not changed."""
        loaded = Partnership.objects.filter(slug=slug).first()
        if loaded and Address.objects.filter(partnership=loaded).exists():
            return loaded
        file = profile_file(slug)
        partnership = load_profile(profile={**read_profile(file), "is_demonstration": True}).partnership
        areas = areas_file(file)
        assert areas is not None, "the profiles that come with the portal have their areas beside them"
        write_areas(partnership=partnership, rows=read_csv(areas.read_bytes()).rows)
        written = write_addresses(partnership=partnership, rows=read(register_lines(partnership)))
        assert not written.bad, written.errors[:3]
        return partnership

    def _quiet(self) -> "_Nowhere":
        return _Nowhere()


class _Nowhere:
    """Discards the list of loaded articles."""

    def write(self, _text: str) -> None: ...
