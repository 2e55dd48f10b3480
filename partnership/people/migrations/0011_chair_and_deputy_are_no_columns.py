from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0010_chairs_and_deputies_are_contacts")]

    operations = [
        migrations.RemoveField(model_name="organisation", name="chair"),
        migrations.RemoveField(model_name="organisation", name="deputy"),
    ]
