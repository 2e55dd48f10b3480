"""The demonstration: its people, its mailbox and its data. In the portal only while DEBUG is on."""
