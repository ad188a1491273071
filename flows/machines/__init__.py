"""Reading on several machines: lots of files are read elsewhere and kept here, by the run that holds the database."""
