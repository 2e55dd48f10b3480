from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('neighbours', '0006_names_in_the_administration'),
    ]

    operations = [
        migrations.AddField(
            model_name='helper',
            name='replaced_at',
            field=models.DateTimeField(editable=False, help_text='When the person typed another e-mail address on the receipt', null=True),
        ),
    ]
