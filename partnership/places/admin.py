"""Corrections to partnerships, areas and addresses; for administrators of the platform."""

from django.contrib import admin
from django.http import HttpRequest

from partnership.places.administration import OfThisPartnership
from partnership.places.models import Address, Area, Partnership


@admin.register(Partnership)
class PartnershipAdmin(OfThisPartnership):
    list_display = ["name", "municipality", "country", "is_demonstration"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A partnership is handed over and closed by a command, never by a click."""
        return False


@admin.register(Area)
class AreaAdmin(OfThisPartnership):
    list_display = ["name", "code", "homes", "homes_made_up"]
    search_fields = ["name", "code"]
    readonly_fields = ["partnership", "code", "slug"]
    exclude = ["boundary"]
    ordering = ["name"]


@admin.register(Address)
class AddressAdmin(OfThisPartnership):
    list_display = ["street", "number", "floor_door", "postcode", "town", "area"]
    list_select_related = ["area"]
    search_fields = ["street", "postcode"]
    readonly_fields = ["partnership", "register_id"]
    raw_id_fields = ["area"]
