"""`nuserus backup` and `nuserus restore`: one file that holds every row and every file, and proves it."""
