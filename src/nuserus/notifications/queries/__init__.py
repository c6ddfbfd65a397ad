"""What a person may read of their notices and of their mail."""
