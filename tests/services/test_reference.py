"""Reference rows: complete, as their sources tell, and loaded once."""

from collections import Counter
from datetime import UTC, date, datetime

import holidays
import pytest
from sqlalchemy import func, select

from portal.domain.organisation import Confidence, OrganisationKind, Zone
from portal.domain.reminder import RULES
from portal.models import (
    AtensiComponent,
    CalendarDay,
    ClientGroup,
    Entry,
    FactSource,
    FormerType,
    Organisation,
    Province,
    ReminderRule,
    ReportForm,
    ReportPhrase,
)
from portal.services import reference

NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
YEARS = (2025, 2026, 2027)
CATEGORIES = {"national": "public", "joint_leave": "government"}
MOON_DAYS = ("Isra Mikraj", "Idul Fitri", "Idul Adha", "Tahun Baru Islam", "Maulid")


def rows(name: str, table: str) -> list[dict]:
    return reference.read(name)[table]


def test_thirty_eight_provinces_each_with_its_own_code_number_name_and_tile():
    provinces = rows("provinces", "province")
    assert len(provinces) == 38
    for name in ("code", "number", "name"):
        assert len({row[name] for row in provinces}) == 38
    assert len({(row["column"], row["row"]) for row in provinces}) == 38


def test_zones_of_the_provinces_follow_the_islands():
    zones = {row["code"]: row["zone"] for row in rows("provinces", "province")}
    counted = Counter(zones.values())
    assert counted == {"WIB": 18, "WITA": 12, "WIT": 8}
    assert (zones["KB"], zones["KT"], zones["KS"], zones["BA"], zones["MU"]) == ("WIB", "WIB", "WITA", "WITA", "WIT")


def test_twelve_groups_and_seven_components_in_the_order_of_their_source():
    groups, components = rows("client_groups", "client_group"), rows("atensi", "component")
    assert [row["place"] for row in groups] == list(range(1, 13))
    assert groups[1]["name"] == "Penyandang disabilitas"
    assert [row["place"] for row in components] == list(range(1, 8))


def test_every_former_type_is_mapped_to_a_known_group_as_a_proposal():
    groups = {row["code"] for row in rows("client_groups", "client_group")}
    types = rows("former_types", "former_type")
    assert len(types) == 26
    assert len({row["name"] for row in types}) == 26
    assert {row["client_group"] for row in types} <= groups
    assert {row["confidence"] for row in types} == {"proposed"}


def test_thirty_one_technical_units_by_zone_and_what_is_confirmed():
    units = [row for row in rows("units", "unit") if row["kind"] == reference.TECHNICAL_UNIT]
    assert Counter(row["zone"] for row in units) == {"WIB": 20, "WITA": 10, "WIT": 1}
    assert sum(row["confirmed"] for row in units) == 13
    assert {row["parent"] for row in units} == {"REHSOS"}


def test_a_unit_lies_in_the_zone_of_its_province():
    zones = {row["code"]: row["zone"] for row in rows("provinces", "province")}
    placed = [row for row in rows("units", "unit") if "province" in row]
    assert len(placed) == 31
    assert all(row["zone"] == zones[row["province"]] for row in placed)


def test_parents_of_units_stand_before_their_children():
    seen: set[str] = set()
    for row in rows("units", "unit"):
        assert row.get("parent", reference.MINISTRY) in seen | {reference.MINISTRY}
        seen.add(row["code"])
    assert len(seen) == len(rows("units", "unit"))


@pytest.mark.parametrize(("year", "national", "joint_leave"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_holidays_are_as_many_as_decreed(year, national, joint_leave):
    kinds = Counter(row["kind"] for row in rows("holidays", "holiday") if row["day"].year == year)
    assert kinds == {"national": national, "joint_leave": joint_leave}


@pytest.mark.parametrize("kind", sorted(CATEGORIES))
@pytest.mark.parametrize("year", YEARS)
def test_holidays_agree_day_for_day_with_a_second_source(year, kind):
    ours = {row["day"]: row["name"] for row in rows("holidays", "holiday") if row["kind"] == kind}
    theirs = holidays.country_holidays("ID", years=year, categories=(CATEGORIES[kind],), language="id")
    assert {day: name for day, name in ours.items() if day.year == year} == {
        day: name.removesuffix(" (perkiraan)") for day, name in theirs.items()
    }


def test_days_that_wait_for_the_moon_are_unconfirmed_and_no_others():
    open_days = [row for row in rows("holidays", "holiday") if not row["confirmed"]]
    expected = [
        row
        for row in rows("holidays", "holiday")
        if row["day"].year == 2027 and any(word in row["name"] for word in MOON_DAYS)
    ]
    assert open_days == expected
    assert date(2027, 3, 10) in {row["day"] for row in open_days}


def test_every_holiday_names_a_source_that_is_written_out():
    content = reference.read("holidays")
    assert {row["source"] for row in content["holiday"]} == set(content["source"])


def count(session, kind) -> int:
    return session.scalar(select(func.count()).select_from(kind))


def test_loading_fills_every_table(session):
    added = reference.load(session, now=NOW)
    assert added == {
        "province": 38,
        "client_group": 12,
        "former_type": 26,
        "atensi_component": 7,
        "organisation": 49,
        "calendar_day": 79,
        "reminder_rule": len(RULES),
        "report_form": 3,
        "report_phrase": count(session, ReportPhrase),
    }
    codes = (Province, ClientGroup, FormerType, AtensiComponent)
    tables = (*codes, Organisation, CalendarDay, ReminderRule, ReportForm, ReportPhrase)
    assert {kind.__tablename__: count(session, kind) for kind in tables} == added


def test_loading_twice_changes_nothing(session):
    reference.load(session, now=NOW)
    entries, facts = count(session, Entry), count(session, FactSource)
    assert reference.load(session, now=NOW) == {}
    assert not session.dirty
    assert (count(session, Entry), count(session, FactSource)) == (entries, facts)


def test_loading_leaves_one_entry_that_counts_what_came(session):
    reference.load(session, now=NOW)
    entry = session.scalars(select(Entry)).one()
    assert (entry.action, entry.at, entry.detail["province"]) == ("reference_loaded", NOW, 38)


def test_what_the_office_changed_in_units_and_calendar_stays(session):
    reference.load(session, now=NOW)
    unit = session.scalars(select(Organisation).where(Organisation.code == "RSA")).one()
    unit.name = "Direktorat Rehabilitasi Sosial Anak dan Keluarga"
    joint_leave = session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 12, 24))).one()
    session.delete(joint_leave)
    session.flush()
    assert reference.load(session, now=NOW) == {}
    assert unit.name == "Direktorat Rehabilitasi Sosial Anak dan Keluarga"
    assert not session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 12, 24))).all()


def test_code_lists_follow_the_files(session):
    reference.load(session, now=NOW)
    province = session.get(Province, "AC")
    province.zone = Zone.WIT
    session.flush()
    reference.load(session, now=NOW)
    assert province.zone is Zone.WIB


def test_units_are_ours_and_carry_their_confidence(session):
    reference.load(session, now=NOW)
    ministry = session.scalars(select(Organisation).where(Organisation.code == reference.MINISTRY)).one()
    assert ministry.kind is OrganisationKind.MINISTRY
    kartini = session.scalars(select(Organisation).where(Organisation.code == "UPT-KARTINI")).one()
    assert (kartini.is_ours, kartini.confirmed, kartini.is_sample) == (True, False, False)
    told = session.scalars(
        select(FactSource).where(FactSource.subject_kind == "organisation", FactSource.subject_id == kartini.id)
    ).one()
    assert (told.confidence, told.verified_by_id) == (Confidence.PROPOSED, None)


def test_an_old_name_of_a_unit_is_kept_as_alias(session):
    reference.load(session, now=NOW)
    unit = session.scalars(select(Organisation).where(Organisation.code == "UPT-DHARMA-GUNA")).one()
    assert unit.aliases == ["Balai Dharma Guna"]
