"""Drafts that are shared with a partner: what it may answer for each Pasal, what the office decides, taking words over.

The words that a partner sees are those of the Word file, frozen on the day of sharing; the draft itself goes on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from portal.domain import clause
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_


class SharingStage(StrEnum):
    """Where a shared draft is: with the partner, with the office, answered; or taken back."""

    SHARED = "shared"
    SENT = "sent"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ReplyVerdict(StrEnum):
    """What a partner says about one Pasal."""

    AGREE = "agree"
    PROPOSE = "propose"
    ASK = "ask"


class ReplyDecision(StrEnum):
    """What the office decided about a proposal or a question."""

    TAKEN_OVER = "taken_over"
    EDITED = "edited"
    DECLINED = "declined"
    ANSWERED = "answered"


DECISIONS: Final[Mapping[ReplyVerdict, tuple[ReplyDecision, ...]]] = {
    ReplyVerdict.AGREE: (),
    ReplyVerdict.PROPOSE: (ReplyDecision.TAKEN_OVER, ReplyDecision.EDITED, ReplyDecision.DECLINED),
    ReplyVerdict.ASK: (ReplyDecision.ANSWERED, ReplyDecision.EDITED),
}
"""What may be decided about each verdict."""

_SILENT: Final = frozenset({ReplyDecision.TAKEN_OVER, ReplyDecision.EDITED})
"""Decisions that need no sentence: the new text says it."""
_TAGS: Final = ("{{", "{%")


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedArticle:
    """One Pasal as it was shared: the key it has in the draft, its number in words ("Pasal 3"), title and text."""

    key: str
    label: str
    title: str
    text: str

    @property
    def name(self) -> str:
        """Return number and title together."""
        return f"{self.label} {self.title}".strip()


def to_plain(articles: Iterable[SharedArticle]) -> list[dict[str, str]]:
    """Write articles as JSON."""
    return [{"key": one.key, "label": one.label, "title": one.title, "text": one.text} for one in articles]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> tuple[SharedArticle, ...]:
    """Read articles back."""
    return tuple(
        SharedArticle(key=row["key"], label=row["label"], title=row["title"], text=row["text"]) for row in rows
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a partner answers to one Pasal: other words for it, or a question or reason."""

    verdict: ReplyVerdict
    words: str = ""
    remark: str = ""


def check_reply(reply: Reply, article: SharedArticle) -> Reply:
    """Return a reply with what belongs to its verdict alone; raises RuleBroken naming the field."""
    words = _even(reply.words)
    is_changed = bool(words) and words != _even(article.text)
    if reply.verdict is ReplyVerdict.PROPOSE:
        if not is_changed:
            raise RuleBroken(N_("Ubah dulu kata-katanya di kotak usulan."), field="words")
        return Reply(verdict=reply.verdict, words=words, remark=reply.remark.strip())
    if is_changed:
        raise RuleBroken(
            N_("Anda mengubah kata-katanya. Pilih “Usul kata lain”, atau kembalikan teksnya."), field="verdict"
        )
    remark = reply.remark.strip()
    if reply.verdict is ReplyVerdict.ASK and not remark:
        raise RuleBroken(N_("Tulis pertanyaan Anda."), field="remark")
    return Reply(verdict=reply.verdict, remark=remark)


def check_sending(articles: Iterable[SharedArticle], answered: Collection[str], *, has_own_file: bool) -> None:
    """Raise RuleBroken unless every Pasal is answered, or the partner's own Word file says the rest."""
    open_ones = sum(one.key not in answered for one in articles)
    if open_ones and not has_own_file:
        raise RuleBroken(
            N_("%(n)s Pasal belum dijawab. Jawab dulu, setujui sisanya, atau unggah berkas Word Anda."), n=open_ones
        )


def check_due(due_on: date | None, *, today: date) -> date:
    """Return the day by which a partner answers; raises RuleBroken for none and for one that is not to come."""
    if due_on is None:
        raise RuleBroken(N_("Isi tanggal jawaban mitra ditunggu."), field="due_on")
    if due_on <= today:
        raise RuleBroken(N_("Pilih tanggal sesudah hari ini."), field="due_on")
    return due_on


def check_decision(verdict: ReplyVerdict, decision: ReplyDecision, note: str) -> None:
    """Raise RuleBroken unless this can be decided about a reply, with a sentence where the partner needs one."""
    if decision not in DECISIONS[verdict]:
        raise RuleBroken(N_("Keputusan ini tidak cocok dengan tanggapannya. Muat ulang halaman."))
    if decision not in _SILENT and not note.strip():
        raise RuleBroken(N_("Tulis kalimat untuk mitra: alasan penolakan atau jawabannya."), field="note")


def taken_over(source: str, shared: str, proposed: str) -> str | None:
    """Return the text of the draft with a partner's words in it; None where no machine can do that honestly.

    `source` is the article as the draft has it, `shared` as it was printed, `proposed` the partner's words for it.
    Lines that the partner left alone keep their tags and labels; a changed line that holds a tag is for people.
    """
    own, printed, wanted = clause.parse(source), clause.parse(shared), clause.parse(proposed)
    if len(own) != len(printed):
        return None
    found: list[clause.Line] = []
    for verb, a, b, c, d in SequenceMatcher(a=printed, b=wanted, autojunk=False).get_opcodes():
        if verb == "equal":
            found += own[a:b]
        elif any(tag in line.text for line in own[a:b] for tag in _TAGS):
            return None
        else:
            found += wanted[c:d]
    return clause.write(found)


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _even(text: str) -> str:
    """Return a text without what nobody means: blanks at the ends of lines, empty lines."""
    return "\n".join(_lines(text))
