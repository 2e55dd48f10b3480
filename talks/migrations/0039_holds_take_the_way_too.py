"""The way to a talk that an evening is held for; of holds that stand, as for the talk itself."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("talks", "0001_squashed_0038_answers_told_to_staff"),
    ]

    operations = [
        migrations.AddField(
            model_name='slothold',
            name='travel_minutes',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text='One way, as for a talk'),
        ),
        migrations.RunSQL(
            """
            UPDATE talks_slothold AS hold SET travel_minutes = talk.travel_minutes
            FROM talks_booking AS talk WHERE talk.id = hold.booking_id AND hold.closed_at IS NULL
            """,
            migrations.RunSQL.noop,
        ),
    ]
