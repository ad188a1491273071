"""Across documents: what one document means for the promises of another."""
