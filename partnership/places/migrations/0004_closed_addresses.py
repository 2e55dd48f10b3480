from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0003_bounds_of_a_partnership'),
    ]

    operations = [
        migrations.AddField(
            model_name='address',
            name='is_closed',
            field=models.BooleanField(db_default=False, default=False, help_text='The register has closed the address: it is no longer offered', verbose_name='closed'),
        ),
    ]
