"""Texts: reading them (`readers/`), and the annotated ones that we measure by."""
