import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0017_verified_phone")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Staff to whom the person told it; empty if they ticked it themselves",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
