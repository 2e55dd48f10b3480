from django.db import migrations

# The deferred checks of bookings are made at once: the table could not be altered while they wait.
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE; {}; SET CONSTRAINTS ALL DEFERRED"
SEEN = "UPDATE talks_booking SET is_seen = seen_place IS NOT NULL, seen_place = coalesce(seen_place, '')"
NOT_SEEN = "UPDATE talks_booking SET seen_place = NULL WHERE NOT is_seen"


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0029_staff_have_seen_the_place'),
    ]

    operations = [migrations.RunSQL(AT_ONCE.format(SEEN), AT_ONCE.format(NOT_SEEN))]
