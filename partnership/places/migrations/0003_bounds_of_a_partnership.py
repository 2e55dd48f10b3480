from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_names_in_the_administration'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name='bounds',
            field=models.JSONField(blank=True, help_text='West, south, east and north in degrees: no point lies outside', null=True, verbose_name='bounds'),
        ),
    ]
