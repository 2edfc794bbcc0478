"""Kinds of files that belong to an agreement."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file of an agreement is."""

    SIGNED = "signed"
    DRAFT = "draft"
    ANNEX = "annex"
    LETTER = "letter"
    OTHER = "other"
