import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("figures", "0001_imports_and_counts"),
        ("figures", "0002_names_in_the_administration"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('format', models.CharField(max_length=16, verbose_name='format')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the file')),
                ('fetched_at', models.DateTimeField(verbose_name='fetched on')),
                ('imported_at', models.DateTimeField(verbose_name='imported on')),
                ('rows', models.PositiveIntegerField(verbose_name='figures')),
                ('revised', models.PositiveIntegerField(default=0, verbose_name='of these revised')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='figures.import', verbose_name='replaces')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-fetched_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='BurglaryCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=4)),
                ('offence', models.CharField(max_length=8)),
                ('quarter', models.CharField(max_length=6)),
                ('count', models.PositiveIntegerField(blank=True, null=True)),
                ('preliminary', models.BooleanField(default=False)),
                ('from_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='burglary_counts', to='figures.import')),
            ],
            options={
                'ordering': ['area_code', 'offence', 'quarter'],
            },
        ),
        migrations.CreateModel(
            name='YearlyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=4)),
                ('series', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('preliminary', models.BooleanField(default=False)),
                ('from_import', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='yearly_counts', to='figures.import')),
            ],
            options={
                'ordering': ['area_code', 'series', 'year'],
            },
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='import_sha256_is_hex'),
        ),
        migrations.AddConstraint(
            model_name='burglarycount',
            constraint=models.UniqueConstraint(fields=('area_code', 'offence', 'quarter', 'from_import'), name='burglary_count_once_an_import'),
        ),
        migrations.AddConstraint(
            model_name='burglarycount',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__regex', '^2[0-9]{3}K[1-4]$')), name='burglary_count_quarter_is_one'),
        ),
        migrations.AddConstraint(
            model_name='yearlycount',
            constraint=models.UniqueConstraint(fields=('area_code', 'series', 'year', 'from_import'), name='yearly_count_once_an_import'),
        ),
    ]
