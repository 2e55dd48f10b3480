"""Files of addresses and areas, read line by line. Pure: no database."""
