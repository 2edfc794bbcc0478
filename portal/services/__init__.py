"""WRITES, as verbs: check policy, ask the domain, change, audit, tell. Nothing here commits."""
