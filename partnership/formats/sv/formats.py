# With a dot between hours and minutes, as everywhere else on the portal.
TIME_FORMAT = "H.i"
# "kl." and a no-break space before the hour.
DATETIME_FORMAT = "j F Y \\k\\l.\N{NO-BREAK SPACE}H.i"
SHORT_DATETIME_FORMAT = "Y-m-d H.i"
