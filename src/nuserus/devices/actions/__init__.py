"""What may be done with the catalogue and the inventories."""
