"""Every table of the portal. Columns, constraints and relationships; no rules."""

from portal.models.absence import Absence
from portal.models.account import Account, AccountRole, Attempt, Invitation, SignInLock, SignInSession
from portal.models.agreement import (
    Agreement,
    AgreementFile,
    AgreementParty,
    AgreementRegion,
    AgreementRelation,
    CodeCounter,
    RenewalDecision,
    SigningEvent,
    StageChange,
)
from portal.models.backup_run import BackupRun
from portal.models.base import Base
from portal.models.bulk import BulkRow, BulkRun
from portal.models.calendar_feed import CalendarFeed
from portal.models.clause import Clause, ClauseVersion
from portal.models.contact_log import ContactEntry
from portal.models.contribution import Contribution
from portal.models.conversation import Acknowledgement, AgreementQuestion, DraftReply, SharedDraft
from portal.models.data_request import AccountFreeze, DataRequest
from portal.models.doc_template import DocTemplate, DocTemplateVersion
from portal.models.draft import Draft, DraftSave, DraftSection, ReviewWaiver
from portal.models.entry import AuditHead, Entry, FactSource
from portal.models.file_scan import FileScan
from portal.models.handover import Handover
from portal.models.incident import Incident, IncidentLetter
from portal.models.job_run import JobRun, PlanChange, RegisterChange, SweepLog
from portal.models.joining import Authenticator, PasswordReset, RecoveryCode, SecondStep, TrustedDevice
from portal.models.notice import Message
from portal.models.obligation import Obligation, ObligationEvent, ObligationParty
from portal.models.occurrence import Occurrence
from portal.models.organisation import Contact, LksProfile, OfficeHolder, Organisation
from portal.models.organisation_card import CardProposal, OrganisationDocument, OrganisationMerge
from portal.models.rating import Rating
from portal.models.reference import AtensiComponent, CalendarDay, ClientGroup, FormerType, Province
from portal.models.relief import Relief
from portal.models.reminder import Reminder, ReminderLadder, ReminderRule
from portal.models.rendition import Rendition
from portal.models.report import Report, ReportFile, ReportRound
from portal.models.report_form import ReportForm
from portal.models.report_mark import ReportCheck, ReportMark, ReportPhrase, ReportReopening
from portal.models.report_upload import ReportUpload
from portal.models.workbook_receipt import WorkbookReceipt

__all__ = [
    "Absence",
    "Account",
    "AccountFreeze",
    "AccountRole",
    "Acknowledgement",
    "Agreement",
    "AgreementFile",
    "AgreementParty",
    "AgreementQuestion",
    "AgreementRegion",
    "AgreementRelation",
    "AtensiComponent",
    "Attempt",
    "AuditHead",
    "Authenticator",
    "BackupRun",
    "Base",
    "BulkRow",
    "BulkRun",
    "CalendarDay",
    "CalendarFeed",
    "CardProposal",
    "Clause",
    "ClauseVersion",
    "ClientGroup",
    "CodeCounter",
    "Contact",
    "ContactEntry",
    "Contribution",
    "DataRequest",
    "DocTemplate",
    "DocTemplateVersion",
    "Draft",
    "DraftReply",
    "DraftSave",
    "DraftSection",
    "Entry",
    "FactSource",
    "FileScan",
    "FormerType",
    "Handover",
    "Incident",
    "IncidentLetter",
    "Invitation",
    "JobRun",
    "LksProfile",
    "Message",
    "Obligation",
    "ObligationEvent",
    "ObligationParty",
    "Occurrence",
    "OfficeHolder",
    "Organisation",
    "OrganisationDocument",
    "OrganisationMerge",
    "PasswordReset",
    "PlanChange",
    "Province",
    "Rating",
    "RecoveryCode",
    "RegisterChange",
    "Relief",
    "Reminder",
    "ReminderLadder",
    "ReminderRule",
    "Rendition",
    "RenewalDecision",
    "Report",
    "ReportCheck",
    "ReportFile",
    "ReportForm",
    "ReportMark",
    "ReportPhrase",
    "ReportReopening",
    "ReportRound",
    "ReportUpload",
    "ReviewWaiver",
    "SecondStep",
    "SharedDraft",
    "SignInLock",
    "SignInSession",
    "SigningEvent",
    "StageChange",
    "SweepLog",
    "TrustedDevice",
    "WorkbookReceipt",
]
