from django.db import migrations

# What the public page showed before staff had to look at it stays there.
SHOWN = """
UPDATE talks_booking SET public_place = place
WHERE is_public AND public_place IS NULL AND state NOT IN ('unverified', 'requested')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0027_place_that_all_may_read'),
    ]

    operations = [migrations.RunSQL(SHOWN, migrations.RunSQL.noop)]
