"""Word: the follow-up report (回头看) and drafts of reminder letters (催办函)."""
