"""Annotated documents to measure by: NAME.txt, NAME.gold.json, and which split each belongs to."""
