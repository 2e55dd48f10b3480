"""Messages to chairs, speakers and coordinators, and when they are posted."""
