"""Section 4: the articles with their numbers and conditions, and those that were taken out a moment ago."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from portal import clock
from portal.domain import clause, removed_articles
from portal.domain.clause import Condition
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.services import draft_trees
from portal.web.filters import datetime_zone, label
from portal.web.staff.drafting import template_change

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]

GONE = "dihapus"
"""Name in the address of the article that was taken out just now."""


def shown(draft: "Draft") -> Item:
    """Return the articles as section 4 lists them."""
    tree, code = drafts.tree_of(draft), draft.agreement.code
    held = drafts.conditions_of(draft, draft.agreement, agreements.facts(session(), draft.agreement))
    numbers = clause.numbers(tree, held)
    broken = {key for key, _label in clause.dangling(tree, held)}
    names = {one.key: numbers.get(one.key) for one in tree}
    names |= {label_: numbers.get(one.key) for one in tree for label_ in clause.labels(one.text)}
    rows = [
        {
            "key": one.key,
            "number": numbers.get(one.key),
            "title": one.title,
            "included": one.is_included,
            "mandatory": one.is_mandatory,
            "condition": label(one.condition) if one.condition is not Condition.ALWAYS else "",
            "waits": one.is_included and one.key not in numbers,
            "differs": bool(one.reason),
            "reason": one.reason,
            "is_own": not one.clause,
            "references": sorted({n for each in clause.references(one.text) if (n := names.get(each))}),
            "is_broken": one.key in broken,
            "first": place == 0,
            "last": place == len(tree) - 1,
            "href": url_for("staff.drafting.reword", code=code, key=one.key),
        }
        for place, one in enumerate(tree)
    ]
    return {
        "articles": rows,
        "add_href": url_for("staff.drafting.add_article", code=code),
        "removed": _removed(draft),
        "step": template_change.undoable(draft),
    }


def _removed(draft: "Draft") -> list[Item]:
    """Return the articles that were taken out, the one of a moment ago first to be undone."""
    rows = draft_trees.taken_out(draft, now=clock.now())
    found = [(removed_articles.article_of(row), row["at"]) for row in rows]
    return [
        {
            "key": one.key,
            "title": one.title,
            "is_own": not one.clause,
            "is_last": one.key == request.args.get(GONE),
            "when": datetime_zone(datetime.fromisoformat(at)),
        }
        for one, at in found
    ]
