"""The rules of the field, pure: standard library only, no clock, no ids, no files."""
