from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0016_one_spelling_for_each_mailbox")]

    operations = [migrations.RenameField(model_name="user", old_name="proved_phone", new_name="verified_phone")]
