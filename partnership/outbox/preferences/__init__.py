"""What readers choose: how they are reached, and what they no longer want."""
