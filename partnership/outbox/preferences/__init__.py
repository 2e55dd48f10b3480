"""Readers' choices: how they are reached, and which messages they no longer want."""
