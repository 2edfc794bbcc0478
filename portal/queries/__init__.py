"""READS: the session comes first, models or small frozen rows come back. Nothing here adds or flushes."""
