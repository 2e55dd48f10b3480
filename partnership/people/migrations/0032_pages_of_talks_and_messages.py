"""Look-ups on the pages of talks and messages, which show who asks and to whom we write."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0031_medium_of_a_consent'),
    ]

    operations = [
        migrations.AlterField(
            model_name='lookup',
            name='way',
            field=models.CharField(choices=[('page', 'the page of the person'), ('search', 'the search'), ('administration', 'the administration'), ('letters', 'letters to print'), ('talk', 'the page of a talk'), ('message', 'the page of a message')], max_length=20),
        ),
    ]
