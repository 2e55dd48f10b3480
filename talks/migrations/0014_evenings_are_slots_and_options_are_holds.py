import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# Constraints under their new names; PostgreSQL renames them without looking at a row.
RENAMED = [
    ("talks_slot", "evening_ends_after_it_starts", "slot_ends_after_it_starts"),
    ("talks_slot", "evening_offered_once", "slot_offered_once"),
    ("talks_slothold", "option_ends_after_it_starts", "slot_hold_ends_after_it_starts"),
]
FORWARD = "".join(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new};" for table, old, new in RENAMED)
BACKWARD = "".join(f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old};" for table, old, new in RENAMED)
STANDS_ONCE = "option_stands_once_for_a_talk", "slot_hold_stands_once_for_a_talk"
ENDS_LATER = Q(ends_at__gt=F("starts_at"))
CASCADE = django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    """The code speaks of slots, since not each is in the evening, and of the holds on them. The rows stay as they are."""

    dependencies = [("talks", "0013_talks_of_organisations")]

    operations = [
        migrations.RenameModel("Evening", "Slot"),
        migrations.RenameModel("Option", "SlotHold"),
        migrations.AlterField(
            "slot", "partnership",
            models.ForeignKey("places.partnership", CASCADE, related_name="slots", verbose_name="partnership"),
        ),
        migrations.AlterField(
            "slot", "speaker",
            models.ForeignKey("talks.speaker", CASCADE, related_name="slots", verbose_name="speaker"),
        ),
        migrations.AlterField(
            "slot", "pattern",
            models.ForeignKey(
                "talks.weeklypattern", django.db.models.deletion.SET_NULL,
                blank=True, null=True, related_name="slots", verbose_name="weekly pattern",
            ),
        ),
        migrations.AlterField(
            "slothold", "booking",
            models.ForeignKey("talks.booking", CASCADE, blank=True, null=True, related_name="holds"),
        ),
        migrations.RenameIndex("slothold", old_name="option_of_speaker", new_name="slot_hold_of_speaker"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(FORWARD, BACKWARD),
                # A condition makes it an index in PostgreSQL.
                migrations.RunSQL(
                    "ALTER INDEX {} RENAME TO {}".format(*STANDS_ONCE),
                    "ALTER INDEX {1} RENAME TO {0}".format(*STANDS_ONCE),
                ),
            ],
            state_operations=[
                migrations.RemoveConstraint("slot", "evening_ends_after_it_starts"),
                migrations.RemoveConstraint("slot", "evening_offered_once"),
                migrations.RemoveConstraint("slothold", "option_ends_after_it_starts"),
                migrations.RemoveConstraint("slothold", STANDS_ONCE[0]),
                migrations.AddConstraint(
                    "slot", models.CheckConstraint(condition=ENDS_LATER, name="slot_ends_after_it_starts")
                ),
                migrations.AddConstraint(
                    "slot", models.UniqueConstraint(fields=["speaker", "starts_at"], name="slot_offered_once")
                ),
                migrations.AddConstraint(
                    "slothold", models.CheckConstraint(condition=ENDS_LATER, name="slot_hold_ends_after_it_starts")
                ),
                migrations.AddConstraint(
                    "slothold",
                    models.UniqueConstraint(
                        fields=["booking", "speaker", "starts_at"],
                        condition=Q(closed_at__isnull=True),
                        name=STANDS_ONCE[1],
                    ),
                ),
            ],
        ),
    ]
