"""Helpers may have joined by a list that staff have brought in; nothing changes in the tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0024_local_contact_person")]
    operations = [
        migrations.AlterField(
            model_name='helper',
            name='medium',
            field=models.CharField(choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email'), ('list', 'by a list that staff brought in')], default='web', max_length=10, verbose_name='joined how'),
        ),
        migrations.AlterField(
            model_name='helperstep',
            name='medium',
            field=models.CharField(choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email'), ('list', 'by a list that staff brought in')], max_length=10, verbose_name='joined how'),
        ),
    ]
