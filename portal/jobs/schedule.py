"""The table of jobs: name, when it runs, what it calls, and the sentence that tells people what it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from flask import Flask

from portal.domain.dates import add_months, local_instant, office_date
from portal.domain.marking import N_
from portal.domain.organisation import Zone
from portal.jobs import (
    announce,
    back_up,
    data_requests,
    deliver,
    draft_in_bulk,
    extend,
    forget_keys,
    forget_uploads,
    remind,
    scan_files,
    sign_trail,
)


class When(StrEnum):
    """How often a job runs."""

    LOCAL_MIDNIGHTS = "local_midnights"
    """At start-up and on the first tick after midnight of each of the three zones."""
    EVERY_TICK = "every_tick"
    DAILY = "daily"
    """On the first tick of a day of the office."""
    MONTHLY = "monthly"
    """On the first tick of a month of the office."""


class Run(Protocol):
    """What a job is."""

    def __call__(self, app: Flask, *, now: datetime, slot: str | None = None) -> str | None:
        """Run once; return what was done in one sentence, None when the slot was taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One row of the table."""

    name: str
    when: When
    run: Run
    sentence: str


JOBS = (
    Job(
        name=extend.NAME,
        when=When.MONTHLY,
        run=extend.run,
        sentence=N_("Memperpanjang jadwal kewajiban berkala sampai 24 bulan ke depan."),
    ),
    Job(
        name=remind.NAME,
        when=When.LOCAL_MIDNIGHTS,
        run=remind.run,
        sentence=N_("Merencanakan pengingat yang harinya sudah tiba."),
    ),
    Job(
        name=announce.NAME,
        when=When.EVERY_TICK,
        run=announce.run,
        sentence=N_("Menyiapkan ringkasan pagi dan peringatan untuk layanan luar yang dipasang."),
    ),
    Job(
        name=data_requests.NAME,
        when=When.EVERY_TICK,
        run=data_requests.run,
        sentence=N_("Memberi tahu administrator tentang permintaan data pribadi dan tenggatnya."),
    ),
    Job(
        name=deliver.NAME,
        when=When.EVERY_TICK,
        run=deliver.run,
        sentence=N_("Menyusun dan mengirim surel yang sudah waktunya."),
    ),
    Job(
        name=draft_in_bulk.NAME,
        when=When.EVERY_TICK,
        run=draft_in_bulk.run,
        sentence=N_("Membuat naskah massal dari daftar Excel yang menunggu."),
    ),
    Job(
        name=scan_files.NAME,
        when=When.EVERY_TICK,
        run=scan_files.run,
        sentence=N_("Meminta pemindai virus memeriksa berkas yang baru masuk, bila pemindai dipasang."),
    ),
    Job(
        name=forget_uploads.NAME,
        when=When.LOCAL_MIDNIGHTS,
        run=forget_uploads.run,
        sentence=N_("Melupakan berkas laporan yang berhenti di tengah jalan selama dua hari."),
    ),
    Job(
        name=forget_keys.NAME,
        when=When.LOCAL_MIDNIGHTS,
        run=forget_keys.run,
        sentence=N_("Menghapus yang sudah lewat masa simpannya: kunci masuk, sesi, surel lama, dan rincian jejak."),
    ),
    Job(
        name=back_up.NAME,
        when=When.DAILY,
        run=back_up.run,
        sentence=N_("Membuat cadangan terenkripsi dari basis data dan berkas, bila tempatnya disetel."),
    ),
    Job(
        name=sign_trail.NAME,
        when=When.DAILY,
        run=sign_trail.run,
        sentence=N_("Memeriksa rantai jejak dan mengirim kepalanya ke luar portal."),
    ),
)


def find(name: str) -> Job | None:
    """Return the job of a name."""
    return next((job for job in JOBS if job.name == name), None)


def slots(job: Job, now: datetime) -> tuple[str | None, ...]:
    """Return the slots of a job that have begun by `now`; None for what needs none."""
    if job.when is When.EVERY_TICK:
        return (None,)
    if job.when is When.DAILY:
        return (office_date(now).isoformat(),)
    if job.when is When.MONTHLY:
        return (f"{office_date(now):%Y-%m}",)
    return tuple(f"{zone.value} {office_date(now, zone).isoformat()}" for zone in Zone)


def next_at(job: Job, now: datetime) -> datetime | None:
    """Return when a job runs next while a worker lives; None for what runs on every tick."""
    if job.when is When.EVERY_TICK:
        return None
    today = office_date(now)
    if job.when is When.DAILY:
        return local_instant(today + timedelta(days=1), 0, Zone.WIB)
    if job.when is When.MONTHLY:
        return local_instant(add_months(today.replace(day=1), 1), 0, Zone.WIB)
    midnights = (local_instant(office_date(now, zone) + timedelta(days=1), 0, zone) for zone in Zone)
    return min(midnights)
