"""Reading a register into the directory: read, stage, compare, apply at once, tell, take back."""
