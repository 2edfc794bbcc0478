"""Making drafts in bulk: the stages of a run and of its rows."""

from enum import StrEnum


class BulkStage(StrEnum):
    """Where a run is: checked and waiting for a person, waiting for the worker, at work, done, given up."""

    CHECKED = "checked"
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class RowStage(StrEnum):
    """Where a row is."""

    READY = "ready"
    REFUSED = "refused"
    MADE = "made"
    FAILED = "failed"
