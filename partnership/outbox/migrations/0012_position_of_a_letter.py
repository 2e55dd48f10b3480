from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outbox", "0011_mailbox_of_a_message")]
    operations = [
        migrations.RenameField(model_name="letter", old_name="place", new_name="position"),
        migrations.AlterModelOptions(name="letter", options={"ordering": ["position"]}),
    ]
