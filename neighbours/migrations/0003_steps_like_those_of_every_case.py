import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('neighbours', '0002_steps_are_only_added'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='helperstep',
            options={'ordering': ['pk'], 'verbose_name': 'step', 'verbose_name_plural': 'steps'},
        ),
        migrations.RemoveConstraint(
            model_name='helperstep',
            name='helper_step_is_allowed',
        ),
        migrations.AlterField(
            model_name='helperstep',
            name='at',
            field=models.DateTimeField(verbose_name='moved at'),
        ),
        migrations.AlterField(
            model_name='helperstep',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moved by'),
        ),
        migrations.AlterField(
            model_name='helperstep',
            name='from_state',
            field=models.CharField(blank=True, max_length=20, verbose_name='was'),
        ),
        migrations.AlterField(
            model_name='helperstep',
            name='to_state',
            field=models.CharField(max_length=20, verbose_name='became'),
        ),
        migrations.AlterField(
            model_name='helperstep',
            name='why',
            field=models.CharField(blank=True, max_length=300, verbose_name='reason'),
        ),
        migrations.AddConstraint(
            model_name='helperstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_state', ''), ('to_state__in', ['pending', 'confirmed'])), models.Q(('from_state', 'pending'), ('to_state__in', ['confirmed', 'left'])), models.Q(('from_state', 'confirmed'), ('to_state__in', ['left'])), models.Q(('from_state', 'left'), ('to_state__in', ['pending', 'confirmed'])), _connector='OR'), name='helper_step_is_allowed'),
        ),
        migrations.AddConstraint(
            model_name='helperstep',
            constraint=models.UniqueConstraint(condition=models.Q(('from_state', '')), fields=('helper',), name='helper_step_begins_once'),
        ),
    ]
