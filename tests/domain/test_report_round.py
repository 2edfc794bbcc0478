"""The clock of each side, and two rounds compared."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from portal.domain.report import ReportStage, Turn
from portal.domain.report_answers import Answers, Sent, SentFile
from portal.domain.report_round import clock, compare, handovers

START = datetime(2026, 1, 5, 3, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Round:
    submitted_at: datetime
    decided_at: datetime | None = None
    outcome: ReportStage | None = None


@dataclass(frozen=True, kw_only=True)
class Reopening:
    accepted_at: datetime
    reopened_at: datetime


def at(day, hour=3):
    return START + timedelta(days=day, hours=hour - 3)


def returned(sent, decided):
    return Round(submitted_at=at(sent), decided_at=at(decided), outcome=ReportStage.RETURNED)


def accepted(sent, decided):
    return Round(submitted_at=at(sent), decided_at=at(decided), outcome=ReportStage.ACCEPTED)


def test_nothing_sent_has_no_clock() -> None:
    assert clock(handovers([]), today=date(2026, 1, 5)) is None


def test_three_rounds_are_counted_side_by_side() -> None:
    passed = handovers([returned(0, 4), returned(10, 13), accepted(20, 21)])
    found = clock(passed, today=date(2027, 1, 1))
    assert (found.office_days, found.partner_days, found.rest_days, found.total_days) == (8, 13, 0, 21)
    assert (found.turn, found.last_on) == (Turn.NOBODY, at(21).date())


def test_what_waits_is_counted_until_today() -> None:
    passed = handovers([returned(0, 4), Round(submitted_at=at(6))])
    found = clock(passed, today=at(9).date())
    assert (found.office_days, found.partner_days, found.total_days) == (7, 2, 9)
    assert (found.turn, found.since_on) == (Turn.OFFICE, at(6).date())


def test_days_are_those_of_the_office() -> None:
    late_evening = datetime(2026, 1, 5, 18, tzinfo=UTC)
    found = clock(handovers([Round(submitted_at=late_evening)]), today=date(2026, 1, 6))
    assert (found.first_on, found.office_days) == (date(2026, 1, 6), 0)


def test_while_it_was_accepted_the_days_are_nobodys() -> None:
    passed = handovers([accepted(0, 20)], [Reopening(accepted_at=at(5), reopened_at=at(12))])
    found = clock(passed, today=at(90).date())
    assert (found.office_days, found.rest_days, found.partner_days, found.total_days) == (13, 7, 0, 20)


def test_the_days_of_all_sides_always_add_up() -> None:
    random = Random(20261121)
    for _case in range(2000):
        rounds, reopenings, hour = [], [], 0
        count = random.randint(1, 6)
        for place in range(count):
            sent = hour = hour + random.randint(0, 400)
            while random.random() < 0.2:
                taken, undone = hour + random.randint(0, 200), hour + random.randint(200, 500)
                hour = undone
                reopenings.append(Reopening(accepted_at=at(0, 3 + taken), reopened_at=at(0, 3 + undone)))
            is_open = place == count - 1 and random.random() < 0.5
            hour += random.randint(0, 400)
            outcome = ReportStage.ACCEPTED if place == count - 1 else ReportStage.RETURNED
            decided = None if is_open else at(0, 3 + hour)
            rounds.append(Round(submitted_at=at(0, 3 + sent), decided_at=decided, outcome=decided and outcome))
        passed = handovers(rounds, reopenings)
        today = at(0, 3 + hour).date() + timedelta(days=random.randint(1, 30))
        found = clock(passed, today=today)
        ends_on = today if rounds[-1].decided_at is None else passed[-1].on
        assert min(found.office_days, found.partner_days, found.rest_days) >= 0
        assert found.office_days + found.partner_days + found.rest_days == found.total_days
        assert found.total_days == (ends_on - passed[0].on).days


def sent(*files, **answers):
    return Sent(answers=Answers(**answers), files=tuple(files))


def file(name, letter):
    return SentFile(name=name, media_type="application/pdf", size=9, digest=letter * 64)


def test_two_rounds_are_compared_field_by_field() -> None:
    before = sent(narrative="Pelatihan menjahit untuk 40 anak.", beneficiaries=40, amount_rupiah=1000)
    after = sent(narrative="Pelatihan menjahit untuk 48 anak.", beneficiaries=48, amount_rupiah=1000)
    found = {each.name: each for each in compare(before, after).fields}
    assert [name for name, each in found.items() if not each.is_same] == ["narrative", "beneficiaries"]
    changed = [(piece.change, piece.text) for piece in found["narrative"].pieces if piece.change]
    assert changed == [("del", "40"), ("ins", "48")]
    assert (found["amount_rupiah"].before, found["amount_rupiah"].pieces) == ("1.000", ())


def test_a_number_that_only_one_round_has_is_empty_in_the_other() -> None:
    found = {each.name: each for each in compare(sent(), sent(numbers={"number_1": 7})).fields}
    assert (found["number_1"].before, found["number_1"].after) == ("", "7")


def test_files_that_came_and_went_are_told_by_their_bytes_not_their_names() -> None:
    before = sent(file("daftar.pdf", "a"), file("foto.pdf", "b"))
    after = sent(file("foto lama.pdf", "b"), file("daftar.pdf", "c"))
    found = compare(before, after)
    assert [each.digest[0] for each in found.added] == ["c"]
    assert [each.digest[0] for each in found.removed] == ["a"]
    assert [each.name for each in found.kept] == ["foto lama.pdf"]
    assert found.changes == 2
    assert compare(before, before).changes == 0
