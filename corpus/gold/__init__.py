"""Annotated documents to measure by: NAME.txt, NAME.gold.json, and the split each belongs to (manifest.yaml).

All texts, people and figures are invented; only the names of places are real. `make` prints them from sources/,
`records` reads and checks them.
"""
