"""Every table of the portal. Columns, constraints and relationships; no rules."""

from portal.models.account import Account, AccountRole, Attempt, Invitation, SignInSession
from portal.models.agreement import (
    Agreement,
    AgreementFile,
    AgreementParty,
    AgreementRegion,
    AgreementRelation,
    CodeCounter,
    SigningEvent,
    StageChange,
)
from portal.models.base import Base
from portal.models.bulk import BulkRow, BulkRun
from portal.models.clause import Clause, ClauseVersion
from portal.models.doc_template import DocTemplate, DocTemplateVersion
from portal.models.draft import Draft, DraftSave, DraftSection, ReviewWaiver
from portal.models.entry import Entry, FactSource
from portal.models.job_run import JobRun, SweepLog
from portal.models.notice import Message
from portal.models.obligation import Obligation, ObligationParty
from portal.models.occurrence import Occurrence
from portal.models.organisation import Contact, LksProfile, OfficeHolder, Organisation
from portal.models.reference import AtensiComponent, CalendarDay, ClientGroup, FormerType, Province
from portal.models.reminder import Reminder, ReminderRule
from portal.models.rendition import Rendition
from portal.models.report import Report, ReportFile, ReportRound

__all__ = [
    "Account",
    "AccountRole",
    "Agreement",
    "AgreementFile",
    "AgreementParty",
    "AgreementRegion",
    "AgreementRelation",
    "AtensiComponent",
    "Attempt",
    "Base",
    "BulkRow",
    "BulkRun",
    "CalendarDay",
    "Clause",
    "ClauseVersion",
    "ClientGroup",
    "CodeCounter",
    "Contact",
    "DocTemplate",
    "DocTemplateVersion",
    "Draft",
    "DraftSave",
    "DraftSection",
    "Entry",
    "FactSource",
    "FormerType",
    "Invitation",
    "JobRun",
    "LksProfile",
    "Message",
    "Obligation",
    "ObligationParty",
    "Occurrence",
    "OfficeHolder",
    "Organisation",
    "Province",
    "Reminder",
    "ReminderRule",
    "Rendition",
    "Report",
    "ReportFile",
    "ReportRound",
    "ReviewWaiver",
    "SignInSession",
    "SigningEvent",
    "StageChange",
    "SweepLog",
]
