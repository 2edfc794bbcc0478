"""The shape of what people type, one module per feature. Never the database."""
