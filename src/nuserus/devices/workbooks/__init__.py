"""Inventories as workbooks: the one to fill in, the one that comes back, the one to take away."""
