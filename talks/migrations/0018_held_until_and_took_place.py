from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("talks", "0017_asked_to_be_deputy")]

    operations = [
        migrations.RenameField(model_name="slothold", old_name="kept_until", new_name="held_until"),
        migrations.RemoveConstraint(model_name="booking", name="booking_attendance_of_a_held_talk"),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=Q(attendance__isnull=True) | Q(state="held"),
                name="booking_attendance_of_a_talk_that_took_place",
            ),
        ),
    ]
