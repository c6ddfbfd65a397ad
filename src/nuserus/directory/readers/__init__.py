"""What the open registers publish, read line by line: no database here."""
