"""What words mean to an office: which say the same, which stand near each other. Pure: no database, no clock."""
