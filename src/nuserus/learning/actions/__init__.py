"""Writing in « Se former »."""
