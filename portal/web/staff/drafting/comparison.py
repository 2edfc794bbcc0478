"""The fields of a section in words, for the page on which two people's values are compared."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.domain import removed_articles
from portal.domain.clause import ClauseTree, parse
from portal.domain.drafting import REFUSED, Section
from portal.domain.editing import Comparison, Difference
from portal.domain.marking import N_
from portal.domain.wording.fields_of_agreements import FIELDS
from portal.extensions import session
from portal.queries import drafts
from portal.queries.agreement_page import CodeNames, code_names
from portal.services.draft_trees import REMOVED
from portal.web.forms.drafting import FORMS
from portal.web.staff.agreements import events

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]

ROWS = {
    "changes": N_("Ketentuan yang diubah"),
    "aid_items": N_("Barang yang diserahkan"),
    "english_parties": N_("Nama dan jabatan dalam bahasa Inggris"),
}
"""Names of what is told in rows."""
RULE = f"raw.{REFUSED}"
"""What older saves keep among their values although nobody typed it."""
UNSEEN = frozenset({"csrf_token", "stamp", "act"})


def typed(pairs: "MultiDict[str, str]") -> list[tuple[str, str]]:
    """Return everything that was typed, to be sent again from the page of the conflict."""
    return [
        (name, value)
        for name, value in pairs.items(multi=True)
        if name not in UNSEEN and not name.startswith("choose-")
    ]


def told(draft: "Draft", section: Section, found: Comparison) -> dict[str, list[Item]]:
    """Return the three groups of differences, each field in its versions."""
    tree, names = drafts.tree_of(draft), code_names(session())

    def said(group: Iterable[Difference]) -> list[Item]:
        return [_difference(one, section, tree, names) for one in group if one.key != RULE]

    return {"both": said(found.both), "mine": said(found.mine), "theirs": said(found.theirs)}


def changes(draft: "Draft", section: Section, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Item]:
    """Return every field whose value two saves of a section tell differently, in words."""
    gone = tuple(removed_articles.article_of(row) for row in draft.facts.get(REMOVED, ()))
    tree, names = (*drafts.tree_of(draft), *gone), code_names(session())
    moved = _moved(before.get("order") or [], after.get("order") or [])
    return [
        {
            "label": _label(key, section, tree),
            "before": "" if key == "order" else _said(key, before.get(key), names, tree),
            "after": _said(key, moved if key == "order" else after.get(key), names, tree),
        }
        for key in {**before, **after}
        if before.get(key) != after.get(key) and key != RULE and (key != "order" or moved)
    ]


def _moved(before: list[str], after: list[str]) -> list[str]:
    """Return the articles that stand elsewhere among those that are in both."""
    old, new = [key for key in before if key in after], [key for key in after if key in before]
    steps = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return [key for verb, _a, _b, c, d in steps if verb in {"insert", "replace"} for key in new[c:d]]


def _difference(one: Difference, section: Section, tree: ClauseTree, names: CodeNames) -> Item:
    sides = {"mine": one.mine, "stored": one.stored, "before": one.before}
    return {
        "key": one.key,
        "label": _label(one.key, section, tree),
        **{name: _said(one.key, value, names, tree) for name, value in sides.items()},
    }


def _label(key: str, section: Section, tree: ClauseTree) -> str:
    kind, _dot, rest = key.partition(".")
    titles = {one.key: one.title for one in tree}
    if kind == "include":
        return str(_("Pasal dipilih: %(title)s", title=titles.get(rest, rest)))
    if kind == "text":
        return str(_("Teks Pasal: %(title)s", title=titles.get(rest, rest)))
    if kind == "order":
        return str(_("Urutan Pasal"))
    name = rest if kind == "raw" else key
    if name in FIELDS or name.partition(".")[0] == "parties":
        return events.field_name(name) if name != "parties" else str(_("Para pihak"))
    field = getattr(FORMS[section], name, None)
    known = field.args[0] if field is not None and name not in ROWS else _(ROWS.get(name, N_("Isian lain")))
    return str(known)


def _said(key: str, value: Any, names: CodeNames, tree: ClauseTree) -> str:
    if value is None or value == []:
        return ""
    if key.startswith("text."):
        return " ".join(line.text for line in parse(value) if "{" not in line.text)
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if isinstance(value, dict | list):
        rows = list(value.values()) if isinstance(value, dict) else value
        return "; ".join(filter(None, _members(key, rows, names, tree)))
    is_fact = key.partition(".")[0] in FIELDS or key.startswith("parties.")
    return events.said(key, value, names) if is_fact else str(value)


def _members(key: str, value: list[Any], names: CodeNames, tree: ClauseTree) -> list[str]:
    if key.startswith("raw."):
        return [str(pair[1]) for pair in value]
    if key == "order":
        titles = {one.key: one.title for one in tree}
        return [titles.get(each, each) for each in value]
    if key == "changes":
        return [f"{each.get('article')}: {each.get('new')}" for each in value]
    if key in FIELDS:
        return [events.said(key, value, names)]
    return [_record(each) if isinstance(each, dict) else str(each) for each in value]


def _record(told: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in told.values() if value)
