"""Where a clause belongs: its group, the kinds of agreement, when it is there, its place among the others.

Approved with the wording, because a duty to include a Pasal is as much law as its words (design: domain §2.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block, Condition
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

LEGAL_BUREAU: Final = "Biro Hukum"
"""The unit that answers for a clause until another is named; a name, hence not translated."""

FIRST: Final = "(awal)"
"""Stands in `after` for the place before all others; no code of a clause has brackets."""

STEP: Final = 10
"""Distance between the positions of two clauses, so that one fits between."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placing:
    """Where a wording belongs; `after` is the code of the clause it shall follow, "" where its place stays."""

    block: Block
    kinds: tuple[AgreementKind, ...]
    mandatory_kinds: tuple[AgreementKind, ...] = ()
    condition: Condition = Condition.ALWAYS
    after: str = ""


def read(plain: Mapping[str, Any]) -> Placing:
    """Read what `to_plain` made."""
    return Placing(
        block=Block(plain["block"]),
        kinds=tuple(AgreementKind(code) for code in plain["kinds"]),
        mandatory_kinds=tuple(AgreementKind(code) for code in plain.get("mandatory_kinds", ())),
        condition=Condition(plain.get("condition", Condition.ALWAYS)),
        after=plain.get("after", ""),
    )


def to_plain(placing: Placing) -> dict[str, Any]:
    """Return a placing as plain JSON."""
    return {
        "block": placing.block.value,
        "kinds": [kind.value for kind in placing.kinds],
        "mandatory_kinds": [kind.value for kind in placing.mandatory_kinds],
        "condition": placing.condition.value,
        "after": placing.after,
    }


def check(placing: Placing) -> None:
    """Raise RuleBroken, with the field, unless a clause can stand there."""
    if not placing.kinds:
        raise RuleBroken(N_("Pilih paling sedikit satu jenis naskah."), field="kinds")
    if set(placing.mandatory_kinds) - set(placing.kinds):
        raise RuleBroken(
            N_("Pasal hanya dapat wajib pada jenis naskah yang dipilih di “Untuk jenis naskah”."),
            field="mandatory_kinds",
        )
    if placing.mandatory_kinds and placing.condition is Condition.CHOSEN:
        raise RuleBroken(
            N_("Pasal yang wajib tidak dapat sekaligus hanya ada bila dipilih. Ubah salah satunya."), field="condition"
        )
