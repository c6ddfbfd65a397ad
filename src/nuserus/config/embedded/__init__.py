"""The PostgreSQL that arrives with the program, started and stopped by it, for its own account alone."""
