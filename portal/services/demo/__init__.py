"""The demonstration: the real cooperation of the public record, and beside it the sample set ("contoh").

Both are read from `portal/reference/*.toml`. The real set says nothing that its sources do not say; every row
of the sample set carries the sample flag. `loading` is the way in; nothing here runs in production.
"""
