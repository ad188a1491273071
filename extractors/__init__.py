"""Text to records. Pure: no database, no Prefect, no clock, no environment."""
