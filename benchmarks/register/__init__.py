"""A register as large as wanted, all invented: replies, later documents, evidence, decisions; always the same."""
