from django.db import migrations

# Where a step came from is where the one before it went. The trigger of 0002 names the columns that it guards, and
# from_state is not among them.
FORWARD = """
UPDATE talks_bookingstep AS step
   SET from_state = before.to_state
  FROM (SELECT id, lag(to_state) OVER (PARTITION BY booking_id ORDER BY id) AS to_state FROM talks_bookingstep) AS before
 WHERE before.id = step.id AND before.to_state IS NOT NULL AND step.from_state = '';
"""


class Migration(migrations.Migration):
    dependencies = [("talks", "0009_where_a_step_came_from")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
