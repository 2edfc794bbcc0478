"""The template library: shipped templates, uploads with their check, publishing and retiring of versions.

A version never changes; only its stage does. Drafts keep the version they were begun with (design: ux W6).
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal import paths
from portal.documents import about, context, page_setup, parsing, render, samples
from portal.documents import clauses as slots
from portal.documents.about import About
from portal.documents.render import Rendered
from portal.documents.templates import Template
from portal.domain import clause, policy
from portal.domain import upload as uploads
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Condition
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import SYSTEM, Action, Actor
from portal.domain.publication import PUBLICATIONS, Publication
from portal.domain.template_settings import TemplateSettings, to_plain
from portal.domain.template_settings import read as read_settings
from portal.models import DocTemplate, DocTemplateVersion
from portal.queries import clauses as clause_reading
from portal.queries import doc_templates as reading
from portal.services import audit, codes, file_scans, template_lint
from portal.storage import Storage

LANGUAGES: Final = ("id", "id-en")
_KEPT_FILES: Final = 16
SERIES: Final = "templat"
"""Series of the codes of templates that the office makes: templat-0001."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewTemplate:
    """A template that the office adds; `schema_code` names the shipped template whose names its tags may use."""

    name: str
    kind: AgreementKind
    schema_code: str
    language: str = "id"


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A Word file as it was sent."""

    name: str
    content: bytes = field(repr=False)


def seed(session: Session, *, storage: Storage, now: datetime, folder: Path = paths.DOC_TEMPLATES) -> int:
    """Bring in the shipped templates that are absent, version 1 published; return how many. Safe to repeat."""
    known = set(session.scalars(select(DocTemplate.code)))
    added = [code for code in about.CODES if code not in known and (folder / f"{code}.docx").is_file()]
    for code in added:
        told = about.read(code, folder=folder)
        template = _shipped(told, now=now)
        session.add(template)
        session.flush()
        incoming = Incoming(name=f"{code}.docx", content=(folder / f"{code}.docx").read_bytes())
        version = _version(template, incoming, storage=storage, now=now)
        version.settings, version.clauses = to_plain(told.settings), [asdict(slot) for slot in told.clauses]
        version.stage, version.published_at = Publication.PUBLISHED, now
        session.add(version)
        session.flush()
        audit.record(session, "template_seeded", subject=version, actor=SYSTEM, now=now, detail={"code": code})
    session.flush()
    return len(added)


def _shipped(told: About, *, now: datetime) -> DocTemplate:
    return DocTemplate(
        code=told.code,
        name=told.title,
        kind=told.kind,
        schema_code=told.code,
        language=told.language,
        created_at=now,
        updated_at=now,
    )


def _version(
    template: DocTemplate,
    incoming: Incoming,
    *,
    storage: Storage,
    now: datetime,
    like: DocTemplateVersion | None = None,
) -> DocTemplateVersion:
    return DocTemplateVersion(
        template_id=template.id,
        number=1,
        stage=Publication.DRAFT,
        name=uploads.safe_name(incoming.name),
        size=len(incoming.content),
        digest=storage.keep(incoming.content),
        settings=dict(like.settings) if like else {},
        clauses=list(like.clauses) if like else [],
        findings=[],
        uploaded_at=now,
    )


def create(
    session: Session, facts: NewTemplate, incoming: Incoming, *, actor: Actor, now: datetime, storage: Storage
) -> DocTemplateVersion:
    """Add a template with its first version, checked and not yet published.

    It begins with the clauses and settings of the shipped template it borrows its names from.
    Raises RuleBroken naming the field, NotAllowed with the reason.
    """
    policy.check(actor, Action.EDIT_TEMPLATE)
    if not facts.name.strip():
        raise RuleBroken(N_("Tulis nama templat."), field="name")
    if facts.language not in LANGUAGES:
        raise RuleBroken(N_("Pilih bahasa dari daftar."), field="language")
    lender = session.scalar(select(DocTemplate).where(DocTemplate.code == facts.schema_code))
    if lender is None:
        raise RuleBroken(N_("Pilih daftar tag dari templat yang ada."), field="schema_code")
    _pass_gate(incoming)
    template = DocTemplate(
        code=f"{SERIES}-{codes.next_number(session, SERIES):04d}",
        name=" ".join(facts.name.split()),
        kind=facts.kind,
        schema_code=lender.schema_code,
        language=facts.language,
        created_at=now,
        updated_at=now,
    )
    session.add(template)
    session.flush()
    version = _version(template, incoming, like=lender.versions[-1], storage=storage, now=now)
    return _added(session, template, version, incoming.content, storage=storage, actor=actor)


def upload(
    session: Session, template: DocTemplate, incoming: Incoming, *, actor: Actor, now: datetime, storage: Storage
) -> DocTemplateVersion:
    """Add the next version of a template, checked and not yet published; it is kept even when the check finds errors.

    Raises RuleBroken (field `file`) for a file that does not pass the gate or changes nothing.
    """
    policy.check(actor, Action.EDIT_TEMPLATE)
    _pass_gate(incoming)
    last = template.versions[-1]
    if hashlib.sha256(incoming.content).hexdigest() == last.digest:
        raise RuleBroken(N_("Berkas ini sama dengan versi %(number)s."), field="file", number=last.number)
    _touch(template, now=now)
    version = _version(template, incoming, like=last, storage=storage, now=now)
    return _added(session, template, version, incoming.content, storage=storage, actor=actor)


def _pass_gate(incoming: Incoming) -> None:
    try:
        parsing.word(incoming.content, incoming.name)
    except RuleBroken as refused:
        raise RuleBroken(refused.message, field="file", **refused.values) from refused


def _added(
    session: Session,
    template: DocTemplate,
    version: DocTemplateVersion,
    content: bytes,
    *,
    storage: Storage,
    actor: Actor,
) -> DocTemplateVersion:
    version.number = reading.last_number(session, template.id) + 1
    version.uploaded_by_id = actor.account_id
    session.add(version)
    session.flush()
    file_scans.ask(session, version.digest, storage=storage, now=version.uploaded_at)
    articles = clause_reading.articles(session, version.clauses)
    checked = opened(template, version, content)
    version.findings = [asdict(one) for one in template_lint.new_findings(template.schema_code, checked, articles)]
    session.flush()
    session.refresh(template, ["versions"])
    detail = {"number": version.number, "findings": len(version.findings)}
    audit.record(session, "template_uploaded", subject=version, actor=actor, now=version.uploaded_at, detail=detail)
    session.flush()
    return version


def content_of(version: DocTemplateVersion, storage: Storage) -> bytes:
    """Return the Word file of a version as uploaded; raises FileClosed or NotFound (see `file_scans.read`)."""
    return file_scans.read_of(version, version.digest, storage=storage)


def open_version(version: DocTemplateVersion, storage: Storage) -> Template:
    """Return a version as the engine takes it, its settings applied.

    Raises NotFound when its bytes are gone, TemplateRefused when the gate of today does not let it pass.
    """
    return opened(version.template, version, content_of(version, storage))


def opened(template: DocTemplate, version: DocTemplateVersion, content: bytes) -> Template:
    """Return the Word file of a version as the engine takes it."""
    lender = known(template.schema_code)
    told = json.dumps([version.digest, version.settings, lender.names], sort_keys=True)
    digest = hashlib.sha256(told.encode()).hexdigest()
    set_up = _set_up(content, read_settings(version.settings))
    return Template(code=template.code, title=template.name, digest=digest, content=set_up, schema=lender.shape)


@lru_cache(maxsize=_KEPT_FILES)
def known(schema_code: str) -> About:
    """Return what is told of a shipped template; its file is read once. Raises NotFound."""
    return about.read(schema_code)


@lru_cache(maxsize=_KEPT_FILES)
def _set_up(content: bytes, settings: TemplateSettings) -> bytes:
    return page_setup.apply(content, settings)


def sample(session: Session, version: DocTemplateVersion, *, storage: Storage) -> Rendered:
    """Return a draft made from a version with sample facts and every Pasal it starts with.

    Raises TemplateRefused, with the place, while the check has errors.
    """
    template, settings = open_version(version, storage), read_settings(version.settings)
    facts = replace(
        samples.BY_TEMPLATE.get(version.template.schema_code, samples.FULL),
        party_style=settings.party_style,
        signature_side=settings.signature_side,
    )
    if slots.has_slot(template):
        tree = clause_reading.articles(session, version.clauses)
        template = slots.splice(template, clause.printed(tree, set(Condition)))
    pictures = render.pictures_for(template, version.template.code)
    return render.render(template, context.snapshot(facts), pictures=pictures)


def publish(session: Session, version: DocTemplateVersion, *, actor: Actor, now: datetime) -> DocTemplateVersion:
    """Let drafts start from a version; the one published before is retired. Drafts keep the version they have.

    Raises RuleBroken while the check has errors.
    """
    policy.check(actor, Action.PUBLISH_TEMPLATE)
    PUBLICATIONS.check(version.stage, Publication.PUBLISHED)
    errors = sum(one.is_error for one in reading.findings(version))
    if errors:
        raise RuleBroken(N_("Templat ini masih memuat %(errors)s kesalahan. Perbaiki lalu unggah lagi."), errors=errors)
    template = version.template
    for other in template.versions:
        if other.stage is Publication.PUBLISHED:
            other.stage, other.retired_at = Publication.RETIRED, now
    version.stage, version.published_at, version.published_by_id = Publication.PUBLISHED, now, actor.account_id
    template.retired_at = None
    _touch(template, now=now)
    session.flush()
    detail = {"code": template.code, "number": version.number}
    audit.record(session, "template_published", subject=version, actor=actor, now=now, detail=detail)
    session.flush()
    return version


def retire(session: Session, template: DocTemplate, *, actor: Actor, now: datetime) -> DocTemplate:
    """Take a template out of the choices; its drafts and files stay, and a new version can be published again."""
    policy.check(actor, Action.PUBLISH_TEMPLATE)
    if template.retired_at is not None:
        raise RuleBroken(N_("Templat ini sudah pensiun."))
    template.retired_at = now
    for version in template.versions:
        if version.stage is not Publication.RETIRED:
            version.stage, version.retired_at = Publication.RETIRED, now
    _touch(template, now=now)
    session.flush()
    audit.record(session, "template_retired", subject=template, actor=actor, now=now, detail={"code": template.code})
    session.flush()
    return template


def _touch(template: DocTemplate, *, now: datetime) -> None:
    """Write the row of the template even within one instant, so that of two people the second is told."""
    template.updated_at = now
    flag_modified(template, "updated_at")
