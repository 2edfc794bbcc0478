"""Which Pasal the drafts of a template start with: another order or choice is a new version with the same Word file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import policy
from portal.domain.errors import Conflict, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.models import DocTemplate, DocTemplateVersion
from portal.queries import clauses as clause_reading
from portal.services import audit, doc_template_settings, doc_templates, template_lint
from portal.storage import Storage


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One Pasal of a template: the code of its clause, whether drafts begin with it, whether it may be left out."""

    code: str
    is_included: bool
    is_mandatory: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrangement:
    """The Pasal of a template in order; `seen` is the number of the newest version as it was read."""

    slots: Sequence[Slot]
    seen: int


def change(
    session: Session, template: DocTemplate, made: Arrangement, *, storage: Storage, actor: Actor, now: datetime
) -> DocTemplateVersion:
    """Add a version of a template with other Pasal, checked and not yet published.

    Raises Conflict when there is a later version than the one that was read; RuleBroken when
    nothing is different, a Pasal stands twice, or one has no published wording and was not there before.
    """
    policy.check(actor, Action.EDIT_TEMPLATE)
    last = template.versions[-1]
    if last.number != made.seen:
        raise Conflict(N_("Templat ini mendapat versi baru sesudah Anda membukanya. Muat ulang, lalu susun lagi."))
    plain = [_plain(one) for one in made.slots]
    _check(session, [one.code for one in made.slots], before=[row["code"] for row in last.clauses])
    if plain == list(last.clauses):
        raise RuleBroken(N_("Belum ada yang berubah pada susunan Pasal."))
    version = doc_template_settings.following(template, actor=actor, now=now)
    version.clauses = plain
    content = doc_templates.content_of(last, storage)
    opened = doc_templates.opened(template, version, content)
    articles = clause_reading.articles(session, plain)
    version.findings = [asdict(one) for one in template_lint.new_findings(template.schema_code, opened, articles)]
    doc_template_settings.add(session, template, version, now=now)
    detail = {"number": version.number, "before": _told(last.clauses), "after": _told(plain)}
    audit.record(session, "template_articles_changed", subject=version, actor=actor, now=now, detail=detail)
    session.flush()
    return version


def _plain(slot: Slot) -> dict[str, Any]:
    included = slot.is_included or slot.is_mandatory
    return {"code": slot.code, "is_included": included, "is_mandatory": slot.is_mandatory}


def _told(rows: Sequence[dict[str, Any]]) -> list[str]:
    marks = {(True, True): "!", (True, False): "", (False, False): "?"}
    return [f"{row['code']}{marks.get((row['is_included'], row['is_mandatory']), '!')}" for row in rows]


def _check(session: Session, codes: Sequence[str], *, before: Sequence[str]) -> None:
    if len(set(codes)) < len(codes):
        raise RuleBroken(N_("Satu Pasal hanya dapat sekali dalam susunan."))
    known = clause_reading.current(session, codes)
    for code in codes:
        if code not in known and code not in before:
            raise RuleBroken(N_("Pasal “%(code)s” belum terbit, jadi belum dapat dipakai templat."), code=code)
