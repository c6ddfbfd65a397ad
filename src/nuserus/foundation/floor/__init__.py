"""The floor: row-level security, the same policies on every table with scope columns."""
