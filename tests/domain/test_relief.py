"""What may be asked for, of which date, until when; and what a decision must say."""

from datetime import date

import pytest

from portal.domain import relief
from portal.domain.errors import RuleBroken
from portal.domain.obligation import OccurrenceStage as Stage
from portal.domain.relief import Decision, ReliefKind, ReliefStage, Wish

TODAY, DUE = date(2026, 11, 21), date(2026, 12, 1)
MORE, RELEASE, REST = ReliefKind.EXTENSION, ReliefKind.WAIVER, ReliefKind.HOLD


def refusal(kind, stage=Stage.OPEN, *, on=None, due_on=DUE, reason="Banjir"):
    """The field and the sentence of the refusal, or nothing."""
    try:
        relief.check_wish(Wish(kind=kind, reason=reason, wanted_on=on), stage, due_on=due_on, today=TODAY)
    except RuleBroken as broken:
        return broken.field, broken.message
    return None


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("kind", list(ReliefKind))
def test_only_what_is_not_answered_is_eased_and_only_what_is_open_is_moved(kind, stage):
    fine = refusal(kind, stage, on=date(2026, 12, 15)) is None
    unfinished = {Stage.OPEN, Stage.SUBMITTED, Stage.RETURNED, Stage.HELD}
    assert fine == (stage in (unfinished if kind is RELEASE else {Stage.OPEN}))


@pytest.mark.parametrize(
    ("kind", "on", "due_on", "field"),
    [
        (MORE, date(2026, 12, 2), DUE, None),
        (MORE, date(2026, 12, 1), DUE, "wanted_on"),
        (MORE, date(2026, 11, 30), DUE, "wanted_on"),
        (MORE, None, DUE, "wanted_on"),
        (MORE, date(2026, 11, 22), date(2026, 10, 1), None),
        (MORE, TODAY, date(2026, 10, 1), "wanted_on"),
        (MORE, date(2026, 11, 1), date(2026, 10, 1), "wanted_on"),
        (MORE, date(2029, 11, 21), DUE, None),
        (MORE, date(2029, 11, 22), DUE, "wanted_on"),
        (REST, None, DUE, None),
        (REST, date(2026, 11, 22), DUE, None),
        (REST, TODAY, DUE, "wanted_on"),
        (REST, date(2026, 11, 20), DUE, "wanted_on"),
        (REST, date(2029, 11, 22), DUE, "wanted_on"),
        (RELEASE, None, DUE, None),
        (RELEASE, date(1990, 1, 1), DUE, None),
    ],
)
def test_a_new_date_lies_ahead_and_a_rest_ends_after_today(kind, on, due_on, field):
    found = refusal(kind, on=on, due_on=due_on)
    assert (found[0] if found else None) == field


@pytest.mark.parametrize("kind", list(ReliefKind))
def test_nobody_asks_without_a_reason(kind):
    assert refusal(kind, on=date(2026, 12, 15), reason=" \n")[0] == "reason"


@pytest.mark.parametrize("stage", list(ReliefStage))
def test_what_is_answered_is_not_answered_again(stage):
    if stage is ReliefStage.ASKED:
        assert relief.check_waiting(stage) is None
    else:
        with pytest.raises(RuleBroken):
            relief.check_waiting(stage)


@pytest.mark.parametrize(
    ("decision", "needs_consent", "field"),
    [
        (Decision(answer=" "), False, "answer"),
        (Decision(answer="Surat Direktur"), False, None),
        (Decision(answer="Surat Direktur"), True, "agreed_by"),
        (Decision(answer="Surat Direktur", agreed_by=" "), True, "agreed_by"),
        (Decision(answer="Surat Direktur", agreed_by="Ketua, surat 12/2026"), True, None),
        (Decision(answer="", agreed_by="Ketua, surat 12/2026"), True, "answer"),
    ],
)
def test_a_decision_gives_its_reason_and_who_agreed_where_the_ministry_owes(decision, needs_consent, field):
    if field is None:
        assert relief.check_decision(decision, needs_consent=needs_consent) is None
    else:
        with pytest.raises(RuleBroken) as broken:
            relief.check_decision(decision, needs_consent=needs_consent)
        assert broken.value.field == field


@pytest.mark.parametrize(
    ("owed_by_us", "owed_to_partner", "expected"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_partner_agrees_to_what_the_ministry_owes_it(owed_by_us, owed_to_partner, expected):
    assert relief.needs_consent(owed_by_us=owed_by_us, owed_to_partner=owed_to_partner) is expected
