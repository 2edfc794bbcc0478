"""Rules about the agreements that this one rests on: the parent of a PKS, the base of an addendum."""

from collections.abc import Iterator
from typing import Final

from portal.domain.agreement import AgreementKind
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.reading import dates
from portal.domain.review import names, places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewRelated, ReviewSubject, joined
from portal.domain.severity import Severity
from portal.domain.wording import date_long
from portal.domain.wording import joined as listed

_CHANGING: Final = frozenset({AgreementKind.AMENDMENT, AgreementKind.EXTENSION, AgreementKind.TERMINATION})


def _parentless(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.kind is AgreementKind.PKS and subject.parent is None and not subject.stands_alone:
        yield Hit(place=places.PARENT)


def _baseless(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.kind in _CHANGING and subject.amended is None:
        yield Hit(place=places.BASE)


def _uncited(subject: ReviewSubject, related: ReviewRelated | None) -> Iterator[Hit]:
    """Find which numbers and date of the related agreement the text does not cite."""
    if related is None:
        return
    text = joined(subject.lines)
    absent = [number for number in related.numbers if not names.mentions(text, number)]
    if related.signed_on and related.signed_on not in {one.day for one in dates(text)}:
        absent.append(date_long(related.signed_on))
    if absent:
        yield Hit(place=places.RECITALS, values={"kind": related.printed_label, "absent": listed(absent)})


def _parent_uncited(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.kind is AgreementKind.PKS:
        yield from _uncited(subject, subject.parent)


def _base_uncited(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.kind in _CHANGING:
        yield from _uncited(subject, subject.amended)


def _why_not(subject: ReviewSubject, related: ReviewRelated) -> str:
    """Say why a signed agreement is not in force on the day of signing; "" when it is, or is only to begin.

    Its dates count on that day: what has ended since was in force then.
    """
    if related.ends_on is not None and related.ends_on < subject.day:
        return N_("sudah berakhir")
    return N_("sudah diakhiri atau sedang ditangguhkan") if related.signed_on and related.standing is None else ""


def _parent_not_in_force(subject: ReviewSubject) -> Iterator[Hit]:
    parent = subject.parent
    if subject.kind is AgreementKind.PKS and parent is not None and (why := _why_not(subject, parent)):
        values = {"kind": parent.printed_label, "title": parent.title, "why": why, "date": date_long(subject.day)}
        yield Hit(place=places.PARENT, values=values)


def _parent_unsigned(subject: ReviewSubject) -> Iterator[Hit]:
    parent = subject.parent
    if subject.kind is AgreementKind.PKS and parent is not None and parent.signed_on is None:
        yield Hit(place=places.PARENT, values={"kind": parent.printed_label, "title": parent.title})


def _base_ended(subject: ReviewSubject) -> Iterator[Hit]:
    base = subject.amended
    if subject.kind in _CHANGING and base is not None and base.ends_on is not None and base.ends_on < subject.day:
        values = {"kind": base.printed_label, "ends": date_long(base.ends_on), "date": date_long(subject.day)}
        yield Hit(place=places.BASE, values=values)


def _outlives_parent(subject: ReviewSubject) -> Iterator[Hit]:
    parent = subject.parent
    if subject.kind is not AgreementKind.PKS or parent is None or _why_not(subject, parent):
        return
    if parent.ends_on and subject.ends_on and subject.ends_on > parent.ends_on:
        values = {"ends": date_long(subject.ends_on), "kind": parent.printed_label, "parent": date_long(parent.ends_on)}
        yield Hit(place=places.TERM, what="akhir", field="ends_on", values=values)


def _precedes_parent(subject: ReviewSubject) -> Iterator[Hit]:
    parent = subject.parent
    if subject.kind is not AgreementKind.PKS or parent is None:
        return
    first = parent.starts_on or parent.signed_on
    starts = subject.starts_on or subject.signed_on
    if first and starts and starts < first:
        values = {"starts": date_long(starts), "kind": parent.printed_label, "parent": date_long(first)}
        yield Hit(place=places.TERM, what="mulai", field="starts_on", values=values)


def _strangers(subject: ReviewSubject) -> Iterator[Hit]:
    parent = subject.parent
    if subject.kind is not AgreementKind.PKS or parent is None or not parent.party_codes:
        return
    for party in subject.parties:
        if party.codes and not party.codes & parent.party_codes:
            values = {"party": party.designation, "name": party.name, "kind": parent.printed_label}
            yield Hit(place=places.PARENT, what=party.name, values=values)


RULES: Final = (
    Rule(
        code="R60-parent-missing",
        severity=Severity.WARNING,
        section=Section.RECITALS,
        field="relations",
        message=N_("PKS ini belum menunjuk naskah induknya."),
        fix=N_("Pilih nota kesepahaman yang dilaksanakan, atau nyatakan bahwa PKS ini berdiri sendiri."),
        find=_parentless,
    ),
    Rule(
        code="R61-parent-cited",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="recitals",
        message=N_("Naskah tidak menyebut %(absent)s dari %(kind)s yang menjadi induknya."),
        fix=N_("Sebut nomor setiap pihak dan tanggal naskah induk dalam pertimbangan atau dasar hukum."),
        find=_parent_uncited,
    ),
    Rule(
        code="R62-parent-in-force",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="relations",
        message=N_("%(kind)s “%(title)s” tidak berlaku pada %(date)s: %(why)s."),
        fix=N_("Perpanjang naskah induk lebih dahulu, atau pilih naskah induk yang berlaku."),
        find=_parent_not_in_force,
    ),
    Rule(
        code="R63-parent-unsigned",
        severity=Severity.WARNING,
        section=Section.RECITALS,
        field="relations",
        message=N_("%(kind)s “%(title)s” belum ditandatangani."),
        fix=N_("Tandatangani naskah induk lebih dahulu atau pada hari yang sama."),
        find=_parent_unsigned,
    ),
    Rule(
        code="R64-parent-end",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="ends_on",
        message=N_("PKS berakhir %(ends)s, sesudah %(kind)s induknya berakhir pada %(parent)s."),
        fix=N_("Pendekkan jangka waktu PKS, atau perpanjang naskah induk."),
        find=_outlives_parent,
    ),
    Rule(
        code="R65-parent-start",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="starts_on",
        message=N_("PKS mulai berlaku %(starts)s, sebelum %(kind)s induknya berlaku pada %(parent)s."),
        fix=N_("Perbaiki tanggal mulai berlaku."),
        find=_precedes_parent,
    ),
    Rule(
        code="R66-parent-party",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        field="parties",
        message=N_("%(name)s (%(party)s) bukan pihak dalam %(kind)s induknya."),
        fix=N_("Periksa naskah induk yang dipilih, atau jelaskan hubungannya dalam pertimbangan."),
        find=_strangers,
    ),
    Rule(
        code="R67-base-missing",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="relations",
        message=N_("Naskah yang diubah, diperpanjang, atau diakhiri belum dipilih."),
        fix=N_("Pilih naskah asalnya."),
        find=_baseless,
        can_waive=False,
    ),
    Rule(
        code="R68-base-cited",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="recitals",
        message=N_("Naskah tidak menyebut %(absent)s dari %(kind)s yang diubah."),
        fix=N_("Sebut nomor setiap pihak dan tanggal naskah asal dalam pertimbangan."),
        find=_base_uncited,
    ),
    Rule(
        code="R69-base-ended",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="relations",
        message=N_("%(kind)s sudah berakhir pada %(ends)s, sebelum %(date)s; yang sudah berakhir tidak dapat diubah."),
        fix=N_("Buat perjanjian baru yang menyebut perjanjian lama."),
        find=_base_ended,
    ),
)
