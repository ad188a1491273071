"""When, and in what order: everything that can be started."""
