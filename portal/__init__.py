"""Simpul: keeps cooperation agreements, drafts their documents, reminds people and lets partners in."""
