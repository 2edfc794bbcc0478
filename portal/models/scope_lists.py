"""How each table is kept for partners: one list says it, and a test fails for a table that is on none of them.

Used by `scope`, which refuses whatever these lists do not open. The criteria are in `scope_criteria`.
"""

from portal import models as m
from portal.models.scope_criteria import (
    Criterion,
    known_organisation,
    of_own_people,
    own_or_ours,
    owned,
    released,
    through_party,
    told,
)

SCOPED: dict[type[m.Base], Criterion] = {
    m.Agreement: through_party("id"),
    m.AgreementParty: through_party("agreement_id"),
    m.AgreementRelation: through_party("agreement_id"),
    m.AgreementRegion: through_party("agreement_id"),
    m.StageChange: through_party("agreement_id"),
    m.AgreementFile: released,
    m.Obligation: through_party("agreement_id"),
    m.ObligationParty: through_party("agreement_id"),
    m.Occurrence: through_party("agreement_id"),
    m.ObligationEvent: through_party("agreement_id"),
    m.Relief: through_party("agreement_id"),
    m.Contribution: through_party("agreement_id"),
    m.CalendarFeed: owned,
    m.Report: owned,
    m.ReportRound: owned,
    m.ReportFile: owned,
    m.ReportUpload: owned,
    m.ReportMark: told,
    m.ReportReopening: owned,
    m.Account: own_or_ours,
    m.AccountRole: owned,
    m.AccountFreeze: owned,
    m.DataRequest: owned,
    m.SignInSession: owned,
    m.Invitation: owned,
    m.TrustedDevice: owned,
    m.Authenticator: owned,
    m.RecoveryCode: owned,
    m.LksProfile: owned,
    m.OrganisationDocument: owned,
    m.CardProposal: owned,
    m.Contact: own_or_ours,
    m.OfficeHolder: owned,
    m.Entry: owned,
    m.Reminder: of_own_people,
    m.Message: of_own_people,
    m.Organisation: known_organisation,
    m.WorkbookReceipt: owned,
    m.Rating: owned,
    m.AgreementQuestion: owned,
    m.Acknowledgement: owned,
    m.SharedDraft: owned,
    m.DraftReply: owned,
}
"""Tables with partner data, and which of their rows a partner may see."""

GLOBAL = frozenset(
    {
        m.Province,
        m.ClientGroup,
        m.FormerType,
        m.AtensiComponent,
        m.CalendarDay,
        m.ReminderLadder,
        m.ReminderRule,
        m.ReportForm,
        m.SigningEvent,
        m.FileScan,
    }
)
"""Tables that hold nothing of any partner: everybody may read them."""

OFFICE_ONLY = frozenset(
    {
        m.Rendition,
        m.Incident,
        m.IncidentLetter,
        m.JobRun,
        m.AuditHead,
        m.BackupRun,
        m.SweepLog,
        m.PlanChange,
        m.RegisterChange,
        m.FactSource,
        m.CodeCounter,
        m.Attempt,
        m.SignInLock,
        m.PasswordReset,
        m.SecondStep,
        m.Clause,
        m.ClauseVersion,
        m.DocTemplate,
        m.DocTemplateVersion,
        m.Draft,
        m.DraftSection,
        m.DraftSave,
        m.ReviewWaiver,
        m.BulkRun,
        m.BulkRow,
        m.Absence,
        m.Handover,
        m.ContactEntry,
        m.RenewalDecision,
        m.OrganisationMerge,
        m.ReportCheck,
        m.ReportPhrase,
    }
)
"""Tables that partners never read."""

_SIGNING_IN = frozenset(
    {
        m.Account,
        m.AccountRole,
        m.SignInSession,
        m.Invitation,
        m.CalendarFeed,
        m.TrustedDevice,
        m.Authenticator,
        m.RecoveryCode,
    }
)
GATE = _SIGNING_IN | {m.Organisation, m.Attempt, m.SignInLock, m.Entry, m.Message, m.PasswordReset, m.SecondStep}
"""Tables that signing in, accepting an invitation and reading a calendar feed need."""

GATE_READS = GATE | {m.AccountFreeze, m.Agreement, m.AgreementParty}
"""An invitation also says for which agreements it is; nothing of these is written there."""

APPENDABLE = frozenset({m.Entry, m.Message, m.FileScan})
"""Rows that a partner's act may add for others: the trail, a notice to the office, a question to the virus scanner."""

PARTNER_WRITES = _SIGNING_IN | {
    m.DataRequest,
    m.Report,
    m.ReportRound,
    m.ReportFile,
    m.ReportUpload,
    m.Relief,
    m.WorkbookReceipt,
    m.Rating,
    m.OrganisationDocument,
    m.CardProposal,
    m.AgreementQuestion,
    m.Acknowledgement,
    m.SharedDraft,
    m.DraftReply,
}
"""Rows of their own that partners change."""

READ_MARKS = frozenset({m.Reminder, m.Message})
"""What is told to a partner's people: they note that they have read it, and change nothing else of it."""

NEVER_REMOVED = READ_MARKS | {m.Occurrence}
"""Rows that a partner's act changes in one way, and never takes away."""

MAY_CHANGE = {
    "entry": frozenset({"sequence", "detail_digest", "previous_hash", "mac", "detail"}),
    "audit_head": frozenset[str](),
}
"""Tables of which no row is ever removed, by name, and the columns that may change at all."""
