"""Word documents: templates with their schema, drafts from facts, the gate for files from outside.

The one door to a draft is `render.render`. Nothing here knows the database or the web.
"""
