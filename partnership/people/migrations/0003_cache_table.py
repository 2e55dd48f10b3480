from django.db import migrations

# Django's own shape for a database cache (createcachetable), made here so that `migrate` is all that is needed.
FORWARD = """
CREATE TABLE cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_consents_are_only_added")]

    operations = [migrations.RunSQL(FORWARD, "DROP TABLE cache;")]
