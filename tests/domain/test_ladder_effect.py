"""What a change of a ladder would do, and that every contract's own notice is told of in time."""

from datetime import date, timedelta

import pytest

from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import add_months
from portal.domain.errors import RuleBroken
from portal.domain.ladder_effect import Span, effect, steps_of, text_of
from portal.domain.reminder import SEED, Audience, Channel, Ladder, Rule, SubjectKind, day_of

CALENDAR = WorkingCalendar(holidays=frozenset(), years=frozenset(range(2024, 2032)))
KIND = SubjectKind.OCCURRENCE
SPAN = Span(today=date(2026, 11, 24), until=date(2027, 2, 22), calendar=CALENDAR)


def ladder(*rungs):
    rules = tuple(Rule(kind=KIND, step=step, audience=audience, channel=channel) for step, audience, channel in rungs)
    return Ladder(ladder_id=1, kind=KIND, is_default=True, rules=rules)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("-30, -7, 0, 7", (-30, -7, 0, 7)),
        ("7 0 -7 7", (-7, 0, 7)),
        ("−14; +3", (-14, 3)),
        ("", ()),
        (" , ", ()),
    ],
)
def test_days_are_read_as_people_type_them(text, steps):
    assert steps_of(text, field="x") == steps


@pytest.mark.parametrize("text", ["seminggu", "-7.5", "7-3", "H-7", "-731", "366", "٣"])
def test_what_is_no_day_is_refused_at_its_field(text):
    with pytest.raises(RuleBroken) as broken:
        steps_of(text, field="officer_mail")
    assert broken.value.field == "officer_mail"


def test_what_is_shown_is_what_is_read():
    for seed in SEED:
        for audience in Audience:
            shown = text_of(seed, audience, Channel.MAIL)
            known = {rule.step for rule in seed.rules if rule.audience is audience}
            assert set(steps_of(shown, field="x")) == known


def test_a_change_counts_what_comes_and_what_goes():
    before = ladder((-7, Audience.DEBTOR, Channel.MAIL), (0, Audience.OFFICER, Channel.MAIL))
    after = ladder((-7, Audience.DEBTOR, Channel.MAIL), (0, Audience.OFFICER, Channel.BELL))
    found = effect(before, after, [(KIND, 1, date(2026, 12, 8)), (KIND, 2, date(2026, 12, 9))], SPAN)
    assert (found.more, found.fewer) == (2, 2)
    assert {(each.step, each.channel, each.number) for each in found.changes} == {
        (0, Channel.BELL, 2),
        (0, Channel.MAIL, -2),
    }
    assert [(each.on, each.is_new) for each in found.samples[:2]] == [
        (date(2026, 12, 8), False),
        (date(2026, 12, 8), True),
    ]


def test_no_change_has_no_effect():
    same = ladder((-7, Audience.DEBTOR, Channel.MAIL))
    found = effect(same, same, [(KIND, 1, date(2026, 12, 8))], SPAN)
    assert (found.changes, found.samples) == ((), ())


@pytest.mark.parametrize("months", range(1, 13))
@pytest.mark.parametrize("ends_on", [date(2027, 12, 31), date(2028, 2, 29), date(2027, 8, 31)])
def test_the_first_word_of_an_end_comes_thirty_days_before_the_contracts_own_notice(months, ends_on):
    notice_on = add_months(ends_on, -months)
    told = [
        day_of(target, step, CALENDAR)
        for seed, target in ((SEED[list(SubjectKind).index(SubjectKind.NOTICE)], notice_on),)
        for step in seed.steps
    ]
    assert min(told) <= notice_on - timedelta(days=30)
