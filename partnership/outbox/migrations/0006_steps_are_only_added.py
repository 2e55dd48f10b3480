from django.db import migrations

from partnership import cases


class Migration(migrations.Migration):
    dependencies = [("outbox", "0005_no_addresses_in_reasons")]

    operations = [cases.append_only(steps="outbox_messagestep", case="outbox_message", key="message_id")]
