"""Corrections by staff. A booking's state is read-only: only the actions change it."""

from django.contrib import admin
from django.http import HttpRequest

from partnership.people.administration import OwnPartnershipAdmin, StepInline
from talks.models import Booking, BookingStep, Slot, Speaker


@admin.register(Speaker)
class SpeakerAdmin(OwnPartnershipAdmin):
    list_display = ["person", "is_active"]
    raw_id_fields = ["person"]


@admin.register(Slot)
class SlotAdmin(OwnPartnershipAdmin):
    list_display = ["starts_at", "speaker", "withdrawn_at"]


class BookingStepInline(StepInline):
    model = BookingStep


@admin.register(Booking)
class BookingAdmin(OwnPartnershipAdmin):
    list_display = ["association", "starts_at", "state"]
    list_filter = ["state"]
    inlines = [BookingStepInline]
    fields = ["place", "is_accessible", "has_projector", "is_public", "note"]

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
