"""Pages of « Se former »."""
