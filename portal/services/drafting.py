"""Making the Word draft of an agreement: facts, template, file, row, entry. Renditions are never overwritten."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.documents import context, render, templates
from portal.domain import policy
from portal.domain.agreement import AgreementKind
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor, Verdict
from portal.models import Agreement, Rendition
from portal.queries import agreements as reading
from portal.queries import draft_facts, renditions
from portal.services import audit
from portal.storage import Storage

ENGINE = "1"
"""Version of the engine that made a file; raised when equal facts would give other bytes."""

NO_TEMPLATE = N_("Jenis naskah ini belum mempunyai templat Word. Unggah naskahnya sebagai dokumen.")


def may_draft(actor: Actor, kind: AgreementKind) -> Verdict:
    """Return whether `actor` may make a Word draft of this kind, with the reason if not."""
    verdict = policy.may(actor, Action.DRAFT_DOCUMENT)
    if verdict and templates.for_kind(kind) is None:
        return Verdict(allowed=False, reason=NO_TEMPLATE)
    return verdict


def draft(session: Session, agreement: Agreement, *, actor: Actor, now: datetime, storage: Storage) -> Rendition:
    """Make the next Word draft of an agreement from what is recorded and return its row, flushed.

    Missing facts are marked in the file and listed in the row. Raises RuleBroken for a kind without a template.
    """
    policy.check(actor, Action.DRAFT_DOCUMENT)
    reading.check_readable(agreement, actor)
    template = templates.for_kind(agreement.kind)
    if template is None:
        raise RuleBroken(NO_TEMPLATE)
    snapshot = context.snapshot(draft_facts.gather(session, agreement))
    made = render.render(template, snapshot)
    number = renditions.last_number(session, agreement.id) + 1
    rendition = Rendition(
        agreement_id=agreement.id,
        number=number,
        template_code=template.code,
        template_digest=template.digest,
        engine=ENGINE,
        snapshot=snapshot,
        missing=[{"name": one.name, "label": one.label, "place": one.place} for one in made.missing],
        name=f"{agreement.code}-naskah-{number}.docx",
        size=len(made.content),
        digest=storage.keep(made.content),
        made_by_id=actor.account_id,
        made_at=now,
    )
    session.add(rendition)
    session.flush()
    detail = {"number": number, "template": template.code, "missing": len(made.missing)}
    audit.record(session, "document_drafted", subject=rendition, actor=actor, now=now, detail=detail)
    return rendition
