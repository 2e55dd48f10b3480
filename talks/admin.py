"""Corrections by staff. A booking's state is read-only: only the actions change it."""

from django.contrib import admin

from partnership.people.administration import StepInline
from talks.models import Booking, BookingStep, Slot, Speaker


@admin.register(Speaker)
class SpeakerAdmin(admin.ModelAdmin):
    list_display = ["person", "partnership", "is_active"]
    raw_id_fields = ["person"]


@admin.register(Slot)
class SlotAdmin(admin.ModelAdmin):
    list_display = ["starts_at", "speaker", "withdrawn_at"]
    list_filter = ["partnership"]


class BookingStepInline(StepInline):
    model = BookingStep


@admin.register(Booking)
class BookingAdmin(admin.ModelAdmin):
    list_display = ["association", "starts_at", "state"]
    list_filter = ["partnership", "state"]
    inlines = [BookingStepInline]
    fields = ["place", "is_accessible", "has_projector", "is_public", "note"]

    def has_add_permission(self, request) -> bool:
        return False
