"""Reading « Se former »."""
