"""A second reader, learned from annotated documents, that never sees the rules' answers: how sure are those?"""
