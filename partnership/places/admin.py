"""Corrections to partnerships and addresses; for administrators of the platform. Areas are in `people/admin.py`."""

from django.contrib import admin
from django.http import HttpRequest

from partnership.places.administration import OfThisPartnership
from partnership.places.models import Address, Partnership


@admin.register(Partnership)
class PartnershipAdmin(OfThisPartnership):
    list_display = ["name", "municipality", "country", "is_demonstration"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A partnership is handed over and closed by a command, never by a click."""
        return False


@admin.register(Address)
class AddressAdmin(OfThisPartnership):
    list_display = ["street", "number", "floor_door", "postcode", "town", "area"]
    list_select_related = ["area"]
    search_fields = ["street", "postcode"]
    readonly_fields = ["partnership", "register_id"]
    raw_id_fields = ["area"]
