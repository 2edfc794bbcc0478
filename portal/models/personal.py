"""Which columns hold personal data, and of what kind: the one list from which copies, erasure and register are made.

Every column that holds text or JSON is on `PERSONAL` or on `NOT_PERSONAL`; a test fails for one that is on neither.
A new column in which somebody could write a name is `WORDS` (or `RECORD` for JSON), not "not personal".
"""

from collections.abc import Mapping
from typing import Final

from portal.domain.personal import DataKind

_N, _C, _F = DataKind.NAME, DataKind.CONTACT, DataKind.FACT
_W, _R, _S = DataKind.WORDS, DataKind.RECORD, DataKind.SECRET

PERSONAL: Final[Mapping[str, Mapping[str, DataKind]]] = {
    "absence": {"note": _W},
    "account": {"name": _N, "greeting": _N, "email": _C, "phone": _C, "language": _F, "password_hash": _S},
    "account_freeze": {"reason": _W, "lifted_reason": _W},
    "account_role": {"basis": _W},
    "agreement": {"purpose": _W, "note": _W},
    "agreement_file": {"name": _W},
    "agreement_party": {
        "address_printed": _W,
        "signatory_name": _N,
        "signatory_office": _F,
        "principal": _W,
        "instrument": _W,
        "contact_name": _N,
        "contact_phone": _C,
        "contact_email": _C,
    },
    "agreement_question": {"text": _W, "answer": _W},
    "attempt": {"key": _F},
    "authenticator": {"secret": _S, "next_secret": _S},
    "bulk_row": {"values": _R, "problems": _R},
    "bulk_run": {"name": _W, "common": _R},
    "calendar_feed": {"token_hash": _S, "name": _W, "view": _W},
    "card_proposal": {"changes": _R, "basis": _W, "file_name": _W, "answer": _W},
    "contact": {"name": _N, "position": _F, "phone": _C, "email": _C},
    "contact_entry": {"person": _N, "note": _W},
    "contribution": {"description": _W, "note": _W, "cancel_reason": _W},
    "data_request": {"name": _N, "email": _C, "phone": _C, "words": _W, "answer": _W},
    "draft": {"tree": _R, "facts": _R},
    "draft_reply": {"words": _W, "remark": _W, "decision_note": _W},
    "draft_save": {"values": _R},
    "draft_section": {"raw": _R},
    "entry": {"detail": _R},
    "fact_source": {"fact": _W, "source": _W},
    "handover": {"basis": _W, "content": _R},
    "incident": {"title": _W, "what": _W, "how": _W, "measures": _W},
    "incident_letter": {"name": _N, "note": _W},
    "invitation": {"token_hash": _S, "code_hash": _S, "email": _C, "name": _N, "phone": _C},
    "job_run": {"detail": _W},
    "lks_profile": {"deed_notary": _N, "bank_account_name": _N},
    "message": {
        "recipient": _C,
        "values": _R,
        "subject": _W,
        "body_text": _W,
        "body_html": _W,
        "last_error": _W,
    },
    "obligation": {"detail": _W, "evidence": _W},
    "obligation_event": {"note": _W, "withdrawn_reason": _W},
    "occurrence": {"reason": _W},
    "office_holder": {"name": _N, "office": _F, "instrument": _W, "staff_number": _F, "note": _W},
    "organisation": {"address": _W, "phone": _C, "email": _C, "note": _W},
    "organisation_document": {"issuer": _W, "name": _W, "answer": _W},
    "organisation_merge": {"changes": _R},
    "password_reset": {"email": _C, "token_hash": _S},
    "rating": {"remark": _W},
    "recovery_code": {"code_hash": _S},
    "relief": {"reason": _W, "answer": _W},
    "reminder": {"reason": _R, "decision_reason": _W},
    "rendition": {
        "note": _W,
        "report": _R,
        "tree": _R,
        "snapshot": _R,
        "missing": _R,
        "name": _W,
        "sent_name": _W,
    },
    "renewal_decision": {"reason": _W},
    "report": {
        "narrative": _W,
        "obstacles": _W,
        "numbers": _R,
        "notes": _R,
        "raw": _W,
        "handed_back_reason": _W,
        "return_reason": _W,
    },
    "report_check": {"note": _W},
    "report_file": {"name": _W},
    "report_mark": {"sentence": _W},
    "report_reopening": {"reason": _W},
    "report_round": {"on_behalf_of": _N, "basis": _W, "answers": _W, "reason": _W},
    "report_upload": {"name": _W, "refusal": _R},
    "review_waiver": {"reason": _W},
    "second_step": {"token_hash": _S, "code_hash": _S},
    "shared_draft": {"name": _W, "articles": _R, "note": _W, "own_name": _W},
    "sign_in_lock": {"email_hash": _S},
    "sign_in_session": {"token_hash": _S, "agent": _F},
    "signing_event": {"note": _W},
    "stage_change": {"reason": _W, "duties": _R},
    "trusted_device": {"token_hash": _S},
    "workbook_receipt": {"name": _W, "result": _R},
}
"""Columns that hold personal data, or words in which somebody may be named."""

EVERY: Final = "*"

NOT_PERSONAL: Final[Mapping[str, str]] = {
    "agreement": "code printed_label title sort_key search_text signed_place notice_article scope beneficiaries "
    "funding_source client_groups atensi",
    "agreement_file": "kind media_type digest",
    "agreement_party": "name_printed number_printed",
    "agreement_question": "place",
    "agreement_region": EVERY,
    "atensi_component": EVERY,
    "audit_head": EVERY,
    "backup_run": EVERY,
    "bulk_run": "code digest lease_by",
    "calendar_day": EVERY,
    "card_proposal": "media_type digest",
    "clause": EVERY,
    "clause_version": EVERY,
    "client_group": EVERY,
    "code_counter": EVERY,
    "contribution": "unit record_number",
    "data_request": "result_path",
    "doc_template": EVERY,
    "doc_template_version": EVERY,
    "draft": "answers",
    "draft_reply": "article",
    "draft_save": "page_mark",
    "draft_section": "page_mark",
    "entry": "action subject_kind request_id detail_digest previous_hash mac",
    "fact_source": "subject_kind",
    "file_scan": EVERY,
    "former_type": EVERY,
    "incident": "data_kinds search",
    "job_run": "name slot outcome",
    "lks_profile": "deed_number approval_number tax_number registration_type registration_number registration_issuer "
    "accreditation_number siks_ng_id bank_name bank_account_number client_groups atensi",
    "message": "slot template language message_id lease_by",
    "obligation": "title article",
    "occurrence": "period_key",
    "organisation": "code name sort_key short_name aliases regency province_code",
    "organisation_document": "number media_type digest",
    "organisation_merge": "moved",
    "province": EVERY,
    "reminder": "end_reason",
    "reminder_ladder": EVERY,
    "rendition": "template_code template_digest engine digest sent_digest",
    "report": "code receipt_number",
    "report_check": "question",
    "report_file": "media_type digest",
    "report_form": EVERY,
    "report_mark": "item",
    "report_phrase": EVERY,
    "report_upload": "key mark",
    "review_waiver": "rule place",
    "shared_draft": "digest own_digest receipt_number",
    "signing_event": "code name place",
    "workbook_receipt": "code digest pack number",
}
"""Columns that tell nothing about people: facts of organisations and agreements, codes, sums, texts of the library."""

OWNERS: Final = frozenset({"account_id", "deputy_id"})
"""Columns that say about whom a row is; every other one that names an account says who wrote, did or decided it."""
INTERNAL: Final = frozenset({"previous_hash", "mac", "detail_digest", "lease_by", "lease_until", "page_mark"})
"""Columns of the machinery: they tell a person nothing, and stand in no copy."""

ARCHIVED: Final[Mapping[str, frozenset[str]]] = {
    "agreement_party": frozenset({"signatory_name", "signatory_office", "principal", "instrument", "address_printed"}),
    "rendition": frozenset({"tree", "snapshot", "report", "missing", "note", "name", "sent_name"}),
}
"""What the texts of agreements say: kept when a person is erased, as they are archives of the state."""


def is_not_personal(table: str, column: str) -> bool:
    """Return whether a column is on the list of those that tell nothing about people."""
    listed = NOT_PERSONAL.get(table, "")
    return listed == EVERY or column in listed.split()
