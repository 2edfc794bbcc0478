"""Who may do what to whose record, as one table that gives reasons. Condition of the thing itself is not here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.errors import NotAllowed, NotFound
from portal.domain.marking import N_


class Role(StrEnum):
    """Roles of people (Settled 12); one person may hold several, each with a period and a basis."""

    OFFICER = "officer"
    LEGAL = "legal"
    HEAD = "head"
    DIRECTOR = "director"
    ADMIN = "admin"
    PARTNER_WRITER = "partner_writer"
    PARTNER_RESPONSIBLE = "partner_responsible"
    PARTNER_VIEWER = "partner_viewer"
    PARTNER_MANAGER = "partner_manager"
    UMBRELLA_READER = "umbrella_reader"


STAFF_ROLES = frozenset({Role.OFFICER, Role.LEGAL, Role.HEAD, Role.DIRECTOR, Role.ADMIN})
PARTNER_ROLES = frozenset(set(Role) - STAFF_ROLES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts: a signed-in person, or the portal itself (`account_id` None)."""

    account_id: int | None
    name: str
    organisation_id: int | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_system: bool = False

    @property
    def is_staff(self) -> bool:
        """Return whether the person works for the ministry."""
        return self.is_system or bool(self.roles & STAFF_ROLES)

    @property
    def is_partner(self) -> bool:
        """Return whether the person belongs to a partner organisation."""
        return not self.is_staff and bool(self.roles & PARTNER_ROLES)


SYSTEM = Actor(account_id=None, name="Simpul", organisation_id=None, is_system=True)


class Action(StrEnum):
    """What can be done; verb and noun, in alphabetical order."""

    ACKNOWLEDGE = "acknowledge"
    ADD_FILE = "add_file"
    ANSWER_DRAFT = "answer_draft"
    ANSWER_QUESTION = "answer_question"
    APPROVE_REPORT = "approve_report"
    ASK_QUESTION = "ask_question"
    ASK_RELIEF = "ask_relief"
    CHANGE_STAGE = "change_stage"
    DECIDE_DATA_REQUEST = "decide_data_request"
    DECIDE_RELIEF = "decide_relief"
    DECIDE_RENEWAL = "decide_renewal"
    DECIDE_REPORT = "decide_report"
    DRAFT_DOCUMENT = "draft_document"
    EDIT_AGREEMENT = "edit_agreement"
    EDIT_CALENDAR = "edit_calendar"
    EDIT_CLAUSE = "edit_clause"
    EDIT_OBLIGATION = "edit_obligation"
    EDIT_ORGANISATION = "edit_organisation"
    EDIT_REMINDER_RULE = "edit_reminder_rule"
    EDIT_REPORT_FORM = "edit_report_form"
    EDIT_TEMPLATE = "edit_template"
    INVITE_PARTNER = "invite_partner"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_INCIDENT = "manage_incident"
    MANAGE_TEAM = "manage_team"
    NOTE_DATA_REQUEST = "note_data_request"
    PROPOSE_CARD = "propose_card"
    PUBLISH_CLAUSE = "publish_clause"
    PUBLISH_TEMPLATE = "publish_template"
    RATE_AGREEMENT = "rate_agreement"
    RECORD_AGREEMENT = "record_agreement"
    RELEASE_FILE = "release_file"
    RESEND_MESSAGE = "resend_message"
    SEE_AGREEMENT = "see_agreement"
    SEE_AUDIT = "see_audit"
    SEE_CONFIDENTIAL = "see_confidential"
    SEE_LEDGER = "see_ledger"
    SEE_MEMBERS = "see_members"
    SEE_OFFICE = "see_office"
    SEND_DRAFT_ANSWER = "send_draft_answer"
    SEND_FOR_PARTNER = "send_for_partner"
    SUBMIT_REPORT = "submit_report"
    WAIVE_FINDING = "waive_finding"
    WRITE_REPORT = "write_report"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Which roles may act, and the sentence for those who may not."""

    roles: frozenset[Role]
    reason: str


_DESK = frozenset({Role.OFFICER, Role.LEGAL, Role.ADMIN})
_ALL_STAFF = STAFF_ROLES
_OFFICER_ONLY = N_(
    "Hanya petugas kerja sama yang dapat melakukan ini. Mintalah bantuan petugas yang tercatat pada naskah."
)

RULES: Mapping[Action, Rule] = {
    Action.ACKNOWLEDGE: Rule(
        roles=frozenset({Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Hanya penanggung jawab dan pengelola akun lembaga Anda yang dapat menyatakannya."),
    ),
    Action.ADD_FILE: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.ANSWER_DRAFT: Rule(
        roles=frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Akun Anda hanya dapat melihat. Minta penyusun atau penanggung jawab lembaga Anda untuk mengisi."),
    ),
    Action.ANSWER_QUESTION: Rule(roles=_DESK | {Role.HEAD}, reason=_OFFICER_ONLY),
    Action.APPROVE_REPORT: Rule(
        roles=frozenset({Role.PARTNER_RESPONSIBLE}),
        reason=N_("Hanya penanggung jawab lembaga Anda yang dapat menyetujui laporan."),
    ),
    Action.ASK_QUESTION: Rule(
        roles=frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Akun Anda hanya dapat melihat. Minta penyusun atau penanggung jawab lembaga Anda untuk bertanya."),
    ),
    Action.ASK_RELIEF: Rule(
        roles=frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Akun Anda hanya dapat melihat. Minta penyusun atau penanggung jawab lembaga Anda untuk mengisi."),
    ),
    Action.CHANGE_STAGE: Rule(roles=_DESK | {Role.HEAD, Role.DIRECTOR}, reason=_OFFICER_ONLY),
    Action.DECIDE_DATA_REQUEST: Rule(
        roles=frozenset({Role.ADMIN}),
        reason=N_("Hanya administrator yang memutuskan permintaan data pribadi. Mintalah kepadanya."),
    ),
    Action.DECIDE_RELIEF: Rule(
        roles=_DESK | {Role.HEAD},
        reason=N_("Hanya petugas kerja sama dan kepala unit yang dapat memutuskan keringanan tenggat."),
    ),
    Action.DECIDE_RENEWAL: Rule(roles=_DESK | {Role.HEAD, Role.DIRECTOR}, reason=_OFFICER_ONLY),
    Action.DECIDE_REPORT: Rule(
        roles=frozenset({Role.OFFICER, Role.HEAD}),
        reason=N_("Hanya petugas kerja sama dan kepala unit yang dapat menerima atau mengembalikan laporan."),
    ),
    Action.DRAFT_DOCUMENT: Rule(
        roles=frozenset({Role.OFFICER, Role.LEGAL}),
        reason=N_("Hanya petugas kerja sama dan Biro Hukum yang dapat membuat naskah Word."),
    ),
    Action.EDIT_AGREEMENT: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.EDIT_CALENDAR: Rule(
        roles=frozenset({Role.ADMIN, Role.LEGAL}),
        reason=N_("Hanya administrator dan Biro Hukum yang dapat mengubah hari libur."),
    ),
    Action.EDIT_CLAUSE: Rule(
        roles=frozenset({Role.OFFICER, Role.LEGAL}),
        reason=N_("Hanya petugas kerja sama dan Biro Hukum yang dapat mengusulkan perubahan klausul."),
    ),
    Action.EDIT_OBLIGATION: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.EDIT_ORGANISATION: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.EDIT_REMINDER_RULE: Rule(
        roles=frozenset({Role.ADMIN, Role.HEAD, Role.LEGAL}),
        reason=N_("Hanya administrator, kepala unit, dan Biro Hukum yang dapat mengubah aturan pengingat."),
    ),
    Action.EDIT_REPORT_FORM: Rule(
        roles=_DESK | {Role.HEAD},
        reason=N_("Hanya petugas kerja sama, kepala unit, dan Biro Hukum yang dapat mengubah isian laporan."),
    ),
    Action.EDIT_TEMPLATE: Rule(
        roles=frozenset({Role.LEGAL}), reason=N_("Hanya Biro Hukum yang dapat mengunggah templat.")
    ),
    Action.INVITE_PARTNER: Rule(
        roles=frozenset({Role.OFFICER, Role.ADMIN, Role.PARTNER_MANAGER}),
        reason=N_("Hanya pengelola akun lembaga dan petugas kerja sama yang dapat mengundang orang."),
    ),
    Action.MANAGE_ACCOUNTS: Rule(
        roles=frozenset({Role.ADMIN}),
        reason=N_("Hanya administrator yang dapat mengelola akun dan peran. Mintalah kepadanya."),
    ),
    Action.MANAGE_INCIDENT: Rule(
        roles=frozenset({Role.ADMIN}),
        reason=N_("Hanya administrator yang mencatat insiden data pribadi. Mintalah kepadanya."),
    ),
    Action.MANAGE_TEAM: Rule(
        roles=frozenset({Role.PARTNER_MANAGER}),
        reason=N_("Hanya pengelola akun lembaga yang dapat mengubah peran. Mintalah kepadanya."),
    ),
    Action.NOTE_DATA_REQUEST: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.PROPOSE_CARD: Rule(
        roles=frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Akun Anda hanya dapat melihat. Minta penyusun atau penanggung jawab lembaga Anda untuk mengisi."),
    ),
    Action.PUBLISH_CLAUSE: Rule(
        roles=frozenset({Role.LEGAL}), reason=N_("Hanya Biro Hukum yang dapat menerbitkan klausul.")
    ),
    Action.PUBLISH_TEMPLATE: Rule(
        roles=frozenset({Role.LEGAL}), reason=N_("Hanya Biro Hukum yang dapat menerbitkan templat.")
    ),
    Action.RATE_AGREEMENT: Rule(
        roles=frozenset({Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Hanya penanggung jawab dan pengelola akun lembaga Anda yang dapat menilai."),
    ),
    Action.RECORD_AGREEMENT: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.RELEASE_FILE: Rule(roles=_DESK, reason=_OFFICER_ONLY),
    Action.RESEND_MESSAGE: Rule(
        roles=frozenset({Role.OFFICER, Role.ADMIN}),
        reason=N_("Hanya petugas kerja sama dan administrator yang dapat mengirim ulang surel."),
    ),
    Action.SEE_AGREEMENT: Rule(roles=frozenset(Role), reason=N_("Masuklah untuk melihat naskah ini.")),
    Action.SEE_AUDIT: Rule(
        roles=frozenset({Role.ADMIN, Role.HEAD, Role.LEGAL}),
        reason=N_("Hanya administrator, kepala unit, dan Biro Hukum yang dapat membaca jejak audit."),
    ),
    Action.SEE_CONFIDENTIAL: Rule(
        roles=_ALL_STAFF - {Role.ADMIN},
        reason=N_("Naskah ini dibatasi. Administrator tidak membaca isi naskah yang dibatasi."),
    ),
    Action.SEE_LEDGER: Rule(roles=_ALL_STAFF, reason=N_("Buku pengingat hanya untuk pegawai Kementerian Sosial.")),
    Action.SEE_MEMBERS: Rule(
        roles=frozenset({Role.UMBRELLA_READER}),
        reason=N_("Perjanjian anggota hanya untuk pembaca lembaga induk. Mintalah petugas mengundang Anda."),
    ),
    Action.SEE_OFFICE: Rule(roles=_ALL_STAFF, reason=N_("Halaman ini hanya untuk pegawai Kementerian Sosial.")),
    Action.SEND_DRAFT_ANSWER: Rule(
        roles=frozenset({Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Hanya penanggung jawab dan pengelola akun lembaga Anda yang dapat mengirim tanggapan."),
    ),
    Action.SEND_FOR_PARTNER: Rule(
        roles=frozenset({Role.OFFICER, Role.HEAD}),
        reason=N_("Hanya petugas kerja sama dan kepala unit yang dapat mengirim laporan atas nama mitra."),
    ),
    Action.SUBMIT_REPORT: Rule(
        roles=frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Akun Anda hanya dapat melihat. Minta penyusun atau penanggung jawab lembaga Anda untuk mengirim."),
    ),
    Action.WAIVE_FINDING: Rule(
        roles=frozenset({Role.OFFICER, Role.LEGAL}),
        reason=N_("Hanya petugas kerja sama dan Biro Hukum yang dapat mengesampingkan temuan."),
    ),
    Action.WRITE_REPORT: Rule(
        roles=frozenset({Role.PARTNER_WRITER, Role.PARTNER_RESPONSIBLE, Role.PARTNER_MANAGER}),
        reason=N_("Akun Anda hanya dapat melihat. Minta penyusun atau penanggung jawab lembaga Anda untuk mengisi."),
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether something is allowed, and the reason when it is not; true or false in a condition."""

    allowed: bool
    reason: str | None = None

    def __bool__(self) -> bool:
        """Let a verdict be asked like a yes or no."""
        return self.allowed


def may(actor: Actor, action: Action) -> Verdict:
    """Return whether `actor` may do `action` at all, with the reason if not."""
    rule = RULES[action]
    if actor.is_system or actor.roles & rule.roles:
        return Verdict(allowed=True)
    return Verdict(allowed=False, reason=rule.reason)


def check(actor: Actor, action: Action) -> None:
    """Raise NotAllowed with its reason unless `actor` may do `action`."""
    verdict = may(actor, action)
    if not verdict:
        raise NotAllowed(verdict.reason or "")


def check_own(actor: Actor, organisation_id: int) -> None:
    """Raise NotFound unless the record belongs to the actor's organisation; the ministry sees all."""
    if not actor.is_staff and actor.organisation_id != organisation_id:
        raise NotFound


def verdicts(actor: Actor) -> Callable[[Action], Verdict]:
    """Return the question that pages ask: `may(action)`."""
    return lambda action: may(actor, action)
