"""Call a browser's session a log-in, as all pages do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("entrance", "0004_code_tries")]
    operations = [
        migrations.AlterModelOptions(
            name="browsersession",
            options={"verbose_name": "log-in", "verbose_name_plural": "log-ins"},
        )
    ]
