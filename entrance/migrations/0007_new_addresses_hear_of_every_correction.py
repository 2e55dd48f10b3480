from django.db import migrations

RENAME = "UPDATE outbox_message SET kind = %s WHERE kind = %s"
BEFORE, AFTER = "neighbours.new_mailbox", "entrance.new_address"


class Migration(migrations.Migration):
    """Whoever is corrected hears of it, not helpers only: messages that wait are of that kind."""

    dependencies = [
        ("entrance", "0006_second_factors_by_name"),
        ("outbox", "0010_where_a_message_was_sent"),
    ]

    operations = [migrations.RunSQL([(RENAME, [AFTER, BEFORE])], [(RENAME, [BEFORE, AFTER])])]
