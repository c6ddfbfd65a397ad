"""Forms of people: entering, passwords, protection, one's own account, roles."""
