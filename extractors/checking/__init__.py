"""What doesn't agree within one document, one module a kind of check; `extractors/checks.py` asks them all."""
