"""Where test databases lie: in memory where the system has a roomy folder for that, else in its temporary folder."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOMY = 1024 * 1024 * 1024
"""A gibibyte: a cluster with a few copies of the schema takes about a tenth of it."""


def place() -> Path | None:
    """The folder in memory, or None for the usual temporary folder."""
    usable = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOMY
    return MEMORY if usable else None
