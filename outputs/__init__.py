"""What people see: sheets, the terminal, and the Chinese wording of every enum and column."""
