"""What a number means: its clause, its name, its list, its purpose."""
