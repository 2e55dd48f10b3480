from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('talks', '0008_kept_without_a_booking')]

    operations = [
        migrations.AddField(
            model_name='bookingstep',
            name='from_state',
            field=models.CharField(blank=True, max_length=20, verbose_name='was'),
        ),
        migrations.AlterField(
            model_name='bookingstep',
            name='to_state',
            field=models.CharField(max_length=20, verbose_name='became'),
        ),
    ]
