"""Other settings for a template: a new version with the same Word file, so that drafts keep what they began with."""

from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import policy
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.publication import Publication
from portal.domain.template_settings import TemplateSettings, to_plain
from portal.models import DocTemplate, DocTemplateVersion
from portal.services import audit


def change(
    session: Session, template: DocTemplate, settings: TemplateSettings, *, actor: Actor, now: datetime
) -> DocTemplateVersion:
    """Add a version of a template with other settings, not yet published.

    File, clauses and findings are those of the newest version. Raises RuleBroken when nothing is different.
    """
    policy.check(actor, Action.EDIT_TEMPLATE)
    last, plain = template.versions[-1], to_plain(settings)
    changed = audit.differences(last.settings, plain)
    if not changed:
        raise RuleBroken(N_("Belum ada pengaturan yang berubah."))
    version = following(template, actor=actor, now=now)
    version.settings = plain
    add(session, template, version, now=now)
    detail = {"number": version.number, "changes": changed}
    audit.record(session, "template_settings_changed", subject=version, actor=actor, now=now, detail=detail)
    session.flush()
    return version


def following(template: DocTemplate, *, actor: Actor, now: datetime) -> DocTemplateVersion:
    """Return the next version of a template, as the newest and not yet published, for `add` to save."""
    last = template.versions[-1]
    return DocTemplateVersion(
        template_id=template.id,
        number=last.number + 1,
        stage=Publication.DRAFT,
        name=last.name,
        size=last.size,
        digest=last.digest,
        settings=dict(last.settings),
        clauses=list(last.clauses),
        findings=list(last.findings),
        uploaded_by_id=actor.account_id,
        uploaded_at=now,
    )


def add(session: Session, template: DocTemplate, version: DocTemplateVersion, *, now: datetime) -> None:
    """Save the next version; of two people who save at once the second is told."""
    session.add(version)
    template.updated_at = now
    flag_modified(template, "updated_at")
    session.flush()
    session.refresh(template, ["versions"])
