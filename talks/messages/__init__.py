"""What the room writes to chairs, speakers and coordinators, and when it posts it."""
