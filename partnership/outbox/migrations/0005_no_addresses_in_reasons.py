from django.db import migrations


class Migration(migrations.Migration):
    """What mail servers said is kept without whom they said it of; rows from before are put right."""

    dependencies = [("outbox", "0004_number_codes")]

    operations = [
        migrations.RunSQL(
            r"""UPDATE outbox_message SET reason = regexp_replace(reason, '[^[:space:]<>"(),;:]+@[^[:space:]<>"(),;:]+', '…', 'g')
                WHERE reason LIKE '%@%'""",
            migrations.RunSQL.noop,
        ),
    ]
