"""What may be done in the directory."""
