"""Obligation patterns: what is read, what is refused, how they are said, who sits where."""

from datetime import date

import pytest

from portal.domain import pattern
from portal.domain.calendar import WorkingCalendar
from portal.domain.errors import RuleBroken
from portal.domain.obligation import Cadence, DayType, ObligationKind, ScheduleKind
from portal.domain.period import Period
from portal.domain.schedule import Anchors, occurrences

REPORT = {
    "kind": "reporting",
    "title": "Menyampaikan laporan semester",
    "debtors": ["mitra"],
    "creditors": ["kementerian"],
    "schedule": "recurring",
    "cadence": "semester",
    "period_anchor": "calendar",
    "offset_count": 10,
    "offset_unit": "days",
    "day_type": "working",
    "evidence": "Laporan tertulis",
    "label": "pelaporan_semester",
}
NOTICE = {
    "kind": "notice",
    "title": "Menyampaikan usul perpanjangan",
    "debtors": ["semua"],
    "creditors": ["semua"],
    "schedule": "relative",
    "relative_anchor": "end",
    "offset_count": -3,
    "offset_unit": "months",
}
SECRET = {
    "kind": "confidentiality",
    "title": "Menjaga kerahasiaan",
    "debtors": "semua",
    "creditors": "semua",
    "schedule": "continuous",
}


def test_a_pattern_is_read_into_the_words_of_obligations():
    read = pattern.read(REPORT)
    assert (read.kind, read.schedule, read.cadence) == (
        ObligationKind.REPORTING,
        ScheduleKind.RECURRING,
        Cadence.SEMESTER,
    )
    assert read.day_type is DayType.WORKING
    assert read.debtors == ("mitra",)


@pytest.mark.parametrize("plain", [REPORT, NOTICE, SECRET])
def test_what_is_written_is_read_back(plain):
    read = pattern.read(plain)
    assert pattern.read(pattern.to_plain(read)) == read


def test_what_is_written_is_plain():
    written = pattern.to_plain(pattern.read(REPORT))
    assert {type(value) for value in written.values()} <= {str, int, list}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"kind": "feast"}, "kind", "feast"),
        ({"title": ""}, "title", "belum diisi"),
        ({"title": "x" * 241}, "title", "240"),
        ({"debtors": []}, "debtors", "belum diisi"),
        ({"creditors": ["KEENAM"]}, "creditors", "KEENAM"),
        ({"debtors": ["lainnya"], "creditors": ["lainnya"]}, "creditors", "satu sisi"),
        ({"schedule": "fixed"}, "schedule", "tanggal tertentu"),
        ({"schedule": "sometimes"}, "schedule", "sometimes"),
        ({"cadence": None}, "cadence", "seberapa sering"),
        ({"period_anchor": None}, "period_anchor", "periode dihitung"),
        ({"schedule": "relative"}, "relative_anchor", "dari tanggal apa"),
        ({"offset_count": "sepuluh"}, "offset_count", "angka"),
        ({"offset_count": True}, "offset_count", "angka"),
        ({"offset_unit": "months"}, "day_type", "hari"),
        ({"evidence": 3}, "evidence", "teks"),
        ({"colour": "red"}, "colour", "colour"),
    ],
)
def test_what_cannot_become_an_obligation_is_refused_with_its_field(change, field, words):
    with pytest.raises(RuleBroken, match=words) as refusal:
        pattern.read(REPORT | change)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        (
            REPORT,
            "Menyampaikan laporan semester. Kewajiban mitra kepada Kementerian Sosial, setiap semester, paling lambat "
            "10 (sepuluh) hari kerja setelah periode berakhir. Bukti: Laporan tertulis.",
        ),
        (
            NOTICE,
            "Menyampaikan usul perpanjangan. Kewajiban bersama para pihak, paling lambat 3 (tiga) bulan sebelum "
            "berakhirnya perjanjian.",
        ),
        (SECRET, "Menjaga kerahasiaan. Kewajiban bersama para pihak, berlaku selama perjanjian."),
        (
            SECRET | {"debtors": ["KEDUA", "KETIGA"], "creditors": "lainnya"},
            "Menjaga kerahasiaan. Kewajiban PIHAK KEDUA dan PIHAK KETIGA kepada pihak lainnya, "
            "berlaku selama perjanjian.",
        ),
        (
            REPORT | {"offset_count": -30, "day_type": "calendar", "evidence": ""},
            "Menyampaikan laporan semester. Kewajiban mitra kepada Kementerian Sosial, setiap semester, paling lambat "
            "30 (tiga puluh) hari kalender sebelum periode berakhir.",
        ),
    ],
)
def test_a_pattern_is_said_in_one_sentence_of_the_field(plain, said):
    assert pattern.sentence(pattern.read(plain)) == said


@pytest.mark.parametrize(
    ("debtors", "creditors", "count", "ours", "seats"),
    [
        (["mitra"], ["kementerian"], 2, 1, ((2,), (1,))),
        (["mitra"], ["kementerian"], 4, 2, ((1, 3, 4), (2,))),
        (["semua"], ["semua"], 3, 1, ((1, 2, 3), (1, 2, 3))),
        (["KESATU"], ["lainnya"], 5, 1, ((1,), (2, 3, 4, 5))),
        (["lainnya"], ["kementerian"], 3, 3, ((1, 2), (3,))),
        (["KEDUA", "mitra"], ["kementerian"], 3, 1, ((2, 3), (1,))),
    ],
)
def test_everybody_gets_a_seat(debtors, creditors, count, ours, seats):
    read = pattern.read(REPORT | {"debtors": debtors, "creditors": creditors})
    found = pattern.seats(read, count=count, ours=ours)
    assert (found.debtors, found.creditors) == seats


@pytest.mark.parametrize(
    ("debtors", "creditors", "count", "ours", "words"),
    [
        (["KETIGA"], ["kementerian"], 2, 1, "KETIGA"),
        (["semua"], ["lainnya"], 2, 1, "salah satu sisi"),
        (["mitra"], ["kementerian"], 1, 1, "para pihak"),
        (["mitra"], ["kementerian"], 2, 3, "para pihak"),
    ],
)
def test_a_pattern_that_does_not_fit_the_parties_is_refused(debtors, creditors, count, ours, words):
    read = pattern.read(REPORT | {"debtors": debtors, "creditors": creditors})
    with pytest.raises(RuleBroken, match=words):
        pattern.seats(read, count=count, ours=ours)


def test_the_days_of_a_pattern_follow_from_the_agreement():
    term = Anchors(term=Period(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)), signed_on=date(2026, 1, 1))
    found = occurrences(
        pattern.read(REPORT | {"day_type": "calendar"}).as_schedule(),
        term,
        calendar=WorkingCalendar(holidays=frozenset(), years=frozenset()),
        horizon_on=date(2027, 12, 31),
    )
    assert [due.due_on for due in found] == [date(2026, 7, 10), date(2027, 1, 10)]


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        (
            {"schedule": "event", "event_type": "data_breach", "offset_count": 72, "offset_unit": "hours"},
            "paling lambat 3 x 24 (tiga kali dua puluh empat) jam sejak diketahuinya kegagalan pelindungan data",
        ),
        (
            {"schedule": "on_request", "offset_count": 7, "day_type": "working"},
            "sewaktu-waktu bila diminta, paling lambat 7 (tujuh) hari kerja sejak permintaan diterima",
        ),
        (
            {
                "schedule": "recurring",
                "cadence": "every_n_months",
                "cadence_months": 4,
                "period_anchor": "anniversary",
            },
            "setiap 4 (empat) bulan",
        ),
        ({"schedule": "continuous", "yearly_check": True}, "berlaku selama perjanjian"),
    ],
)
def test_every_kind_of_timing_is_read_written_and_said(timing, words):
    plain = {
        "kind": "notice",
        "title": "Memberitahukan keadaan",
        "debtors": ["mitra"],
        "creditors": ["kementerian"],
        **timing,
    }
    read = pattern.read(plain)
    assert pattern.read(pattern.to_plain(read)) == read
    assert words in pattern.sentence(read)
    schedule = read.as_schedule()
    assert {name: getattr(schedule, name) for name in timing} == timing
