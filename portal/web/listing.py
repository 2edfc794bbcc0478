"""What every list page shares: addresses that keep the other filters, chips of what was asked, numbered pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.web.asked import Asked
from portal.web.filters import number

Item = dict[str, Any]

BESIDE = 1
"""So many page numbers stand on each side of the present one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One list and what is asked of it now."""

    endpoint: str
    asked: Asked
    within: Mapping[str, str] = field(default_factory=dict)
    """What stands in the path of the address: the code of the thing whose list it is."""

    def link(self, **changes: str | None) -> str:
        """Return the address of the same list with some words changed; None removes one. Pages begin anew."""
        kept = {name: value for name, value in self.asked.args.items() if name != "hal"}
        wanted = {**kept, **changes}
        words = {**{name: value for name, value in wanted.items() if value}, **self.within}
        return url_for(self.endpoint, **words)  # type: ignore[arg-type]

    def chips(self, texts: Iterable[tuple[str, str, str]]) -> list[Item]:
        """Return the chosen filters, each removable; `texts` are (word of the address, name, value)."""
        return [
            {"text": _("%(name)s: %(value)s", name=name, value=value), "href": self.link(**{word: None})}
            for word, name, value in texts
            if word in self.asked.args
        ]

    def column(self, text: str, *, word: str, order: str, descending: bool = False, **more: Any) -> Item:
        """Return the head of a column that orders the list; `word` of the address holds `order`."""
        current = self.asked.text(word) == order
        sort = ("descending" if descending else "ascending") if current else None
        return {"label": text, "href": self.link(**{word: order}), "sort": sort, **more}


def notice(asked: Asked) -> str:
    """Return the sentence on words of the address that mean nothing here, or the empty text."""
    if not asked.unknown:
        return ""
    return str(_("Saringan ini tidak dikenal dan diabaikan: %(words)s.", words=", ".join(asked.unknown)))


def filter_name(chips: Sequence[Item]) -> str:
    """Return the name of what opens the filter, with how many are chosen."""
    return str(_("Saring (%(n)s)", n=len(chips)) if chips else _("Saring"))


def pager(place: Place, *, page: int, size: int, total: int, is_capped: bool = False) -> Item:
    """Return the numbered pages under a list as its component takes them."""
    last = max(1, -(-total // size))
    first_row, last_row = min((page - 1) * size + 1, total), min(page * size, total)
    shown = _("lebih dari %(n)s", n=number(total - 1)) if is_capped else number(total)

    def href(target: int) -> str:
        return place.link(hal=str(target) if target > 1 else None)

    return {
        "pages": [_page(target, page, href) for target in _targets(page, last)],
        "summary": _("%(first)s–%(last)s dari %(all)s", first=first_row, last=last_row, all=shown) if total else "",
        "previous": href(page - 1) if page > 1 else None,
        "next": href(page + 1) if page < last else None,
    }


def _targets(page: int, last: int) -> list[int | None]:
    wanted = sorted({1, last, *range(max(1, page - BESIDE), min(last, page + BESIDE) + 1)})
    found: list[int | None] = []
    before = 0
    for target in wanted:
        if target == before + 2:
            found.append(before + 1)
        elif target > before + 2:
            found.append(None)
        found.append(target)
        before = target
    return found


def _page(target: int | None, page: int, href: Any) -> Item | None:
    return None if target is None else {"number": target, "href": href(target), "current": target == page}


def options(empty: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the choices of a filter: everything first, then each word with its name."""
    return [("", empty), *words.items()]
