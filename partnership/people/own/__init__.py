"""What people see, take with them and correct of their own data."""
