"""Reminders: the ladders, who hears, and which step of a ladder has come. The plan itself is made here, purely."""

from enum import StrEnum


class SubjectKind(StrEnum):
    """What a reminder is about."""

    OCCURRENCE = "occurrence"
    TERM_END = "term_end"
    REPORT_FIX = "report_fix"


class Audience(StrEnum):
    """Who hears, by role; the planner joins people to it."""

    DEBTOR = "debtor"
    OFFICER = "officer"
    HEAD = "head"
    DIRECTOR = "director"


class Channel(StrEnum):
    """By which way a message goes."""

    MAIL = "mail"


class ReminderStage(StrEnum):
    """What became of a planned reminder."""

    PLANNED = "planned"
    SENT = "sent"
    OVERTAKEN = "overtaken"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    FAILED = "failed"
    HELD = "held"


class MessageStage(StrEnum):
    """What became of a message."""

    PENDING = "pending"
    LEASED = "leased"
    SENT = "sent"
    DEAD = "dead"
    HELD = "held"
    CANCELLED = "cancelled"
