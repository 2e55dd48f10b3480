"""Since when an unverified telephone number is stored."""

from django.db import migrations, models

# In the database, so that no way of writing a number is forgotten: forms, imports, the administration.
FORWARD = """
CREATE FUNCTION phone_is_new() RETURNS trigger AS $$
BEGIN
    IF NEW.phone IS NOT DISTINCT FROM OLD.phone THEN
        NEW.phone_changed_at = OLD.phone_changed_at;
    ELSIF NEW.phone IN ('', NEW.verified_phone) THEN
        NEW.phone_changed_at = NULL;
    ELSE
        NEW.phone_changed_at = now();
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER phone_is_new BEFORE UPDATE OF phone ON people_user
    FOR EACH ROW EXECUTE FUNCTION phone_is_new();
"""
BACKWARD = """
DROP TRIGGER phone_is_new ON people_user;
DROP FUNCTION phone_is_new();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0037_deputies_who_took_over")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="phone_changed_at",
            field=models.DateTimeField(
                editable=False, help_text="When an unverified number was stored", null=True
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
