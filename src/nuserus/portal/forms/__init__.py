"""Forms of the first page."""
