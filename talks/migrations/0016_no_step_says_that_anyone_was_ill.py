from django.db import migrations

# What was written when a speaker could not come, in the three languages: untrue for some, health data for the others.
FORGET = """
UPDATE talks_bookingstep SET why = ''
WHERE why IN ('The speaker has fallen ill.', 'Foredragsholderen er blevet syg.', 'Föreläsaren har blivit sjuk.')
"""


class Migration(migrations.Migration):
    dependencies = [("talks", "0015_plain_words")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
