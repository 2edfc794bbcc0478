"""Articles that were taken out of a draft: kept for a while with their place, so that they can be put back.

Rows are plain JSON: {"article", "before", "at"}, newest first; `before` are the keys that stood before the article.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from portal.domain import clause
from portal.domain.clause import Article, ClauseTree

KEPT: Final = timedelta(days=30)
"""So long a removed article can be put back (design: ux §9)."""

MOST: Final = 20

Row = Mapping[str, Any]


def article_of(row: Row) -> Article:
    """Return the article of a row as it was taken out."""
    return clause.from_plain([row["article"]])[0]


def noted(rows: Iterable[Row], before: ClauseTree, after: ClauseTree, *, now: datetime) -> list[dict[str, Any]]:
    """Return the rows after a change of the tree: what it took out comes first, what it brought back falls away."""
    standing = {one.key for one in after}
    fresh: list[dict[str, Any]] = []
    keys: list[str] = []
    for one in before:
        if one.key not in standing:
            fresh.append({"article": clause.to_plain((one,))[0], "before": [*keys], "at": now.isoformat()})
        keys.append(one.key)
    gone = standing | {row["article"]["key"] for row in fresh}
    old = [dict(row) for row in rows if row["article"]["key"] not in gone and _is_kept(row, now)]
    return [*fresh, *old][:MOST]


def _is_kept(row: Row, now: datetime) -> bool:
    return now - datetime.fromisoformat(row["at"]) <= KEPT


def shown(rows: Iterable[Row], *, now: datetime) -> tuple[Row, ...]:
    """Return the rows that can still be put back."""
    return tuple(row for row in rows if _is_kept(row, now))


def placed(tree: ClauseTree, article: Article, before: Sequence[str]) -> ClauseTree:
    """Return the tree with an article after the last of the keys that stood before it, else at the beginning."""
    keys = [one.key for one in tree]
    place = next((keys.index(key) + 1 for key in reversed(before) if key in keys), 0)
    return (*tree[:place], article, *tree[place:])
