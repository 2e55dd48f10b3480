from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outbox", "0012_position_of_a_letter")]
    operations = [
        migrations.RenameField(model_name="letterbatch", old_name="posted_at", new_name="handed_over_at"),
        migrations.RenameField(model_name="letterbatch", old_name="posted_by", new_name="handed_over_by"),
    ]
