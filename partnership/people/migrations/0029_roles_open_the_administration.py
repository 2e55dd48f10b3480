from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0028_name_and_address_protection")]

    operations = [migrations.RemoveField(model_name="user", name="is_staff")]
