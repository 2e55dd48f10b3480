from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advice', '0002_a_strong_association'),
    ]

    operations = [
        migrations.AlterField(
            model_name='article',
            name='grade',
            field=models.CharField(choices=[('strong', 'Strong correlation'), ('promising', 'Promising'), ('mixed', 'Mixed results'), ('none', 'No effect found'), ('practice', 'Good practice, not measured')], max_length=12, verbose_name='how sure we are'),
        ),
    ]
