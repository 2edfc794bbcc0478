"""The starter templates, written by a program: the layout a Word file needs, and our own clauses.

`flask documents build-templates` writes them to `doc_templates/`; from there on the office edits them in Word.
"""
