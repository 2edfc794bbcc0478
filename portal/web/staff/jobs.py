"""What runs by itself: every job with its last and next run, the queue of mails, a mail to try whether it leaves."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.dates import local_instant, office_date
from portal.domain.organisation import Zone
from portal.domain.policy import Action
from portal.domain.reminder import MessageStage
from portal.extensions import session
from portal.jobs import scan_files, schedule
from portal.jobs.schedule import Job
from portal.queries import file_scans, health
from portal.queries import jobs as reading
from portal.queries.jobs import LastRuns
from portal.services import trial_mail
from portal.web import guard
from portal.web.access import office
from portal.web.filters import datetime_zone, file_size, label
from portal.web.staff import backup_rows

if TYPE_CHECKING:
    from portal.models import Message

blueprint = Blueprint("jobs", __name__, url_prefix="/pekerjaan")

TRIALS = 3


@blueprint.get("")
@office(Action.SEE_LEDGER)
def index() -> str:
    """Show every job, the queue and the latest test mails of the reader."""
    now = clock.now()
    since, ran = local_instant(office_date(now), 0, Zone.WIB), reading.last_runs(session())
    trials = reading.trial_mails(session(), guard.actor().account_id or 0, limit=TRIALS)
    return render_template(
        "staff/jobs/index.html",
        rows=[_line(job, ran.get(job.name, LastRuns())) for job in schedule.JOBS],
        scanning=_scanning(ran.get(scan_files.NAME, LastRuns())),
        health=_health(now),
        backup=backup_rows.card(now),
        queue=reading.queue(session(), now=now, since=since),
        trials=[_fate(message) for message in trials],
    )


@blueprint.post("/surel-uji")
@office(Action.SEE_LEDGER)
def send_test() -> Response:
    """Send a test mail to the reader."""
    message = trial_mail.send(session(), actor=guard.actor(), now=clock.now())
    address = message.recipient
    flash(_("Surel uji ke %(address)s masuk antrean. Muat ulang sesudah satu menit.", address=address))
    return redirect(url_for("staff.jobs.index"), 303)


def _health(now: datetime) -> list[dict[str, str]]:
    """Return what a monitor reads too, as facts; the numbers of the queue stand beside it."""
    found = health.read(session(), now=now)

    def ago(seconds: float | None) -> str:
        return datetime_zone(now - timedelta(seconds=seconds)) if seconds is not None else _("belum pernah")

    return [
        {"label": _("Pekerja terakhir berdetak"), "value": ago(found.worker_silent_seconds)},
        {"label": _("Pengingat terakhir direncanakan"), "value": ago(found.sweep_age_seconds)},
        {"label": _("Cadangan terakhir yang berhasil"), "value": ago(found.backup_age_seconds)},
        {"label": _("Pekerjaan yang gagal"), "value": str(found.jobs_failed)},
        {"label": _("Ukuran basis data"), "value": file_size(found.database_bytes)},
    ]


def _scanning(ran: LastRuns) -> str:
    """Return what is said above the page while the virus scanner is away; nothing while it answers."""
    if not ran.failure or current_app.extensions["scanner"] is None:
        return ""
    waiting = file_scans.count_waiting(session())
    return ngettext(
        "Pemindai virus tidak menjawab. %(n)s berkas menunggu dan belum dapat dibuka; tidak ada yang hilang.",
        "Pemindai virus tidak menjawab. %(n)s berkas menunggu dan belum dapat dibuka; tidak ada yang hilang.",
        waiting,
        n=waiting,
    )


def _line(job: Job, ran: LastRuns) -> dict[str, Any]:
    following = schedule.next_at(job, clock.now())
    return {
        "name": job.name,
        "sentence": _(job.sentence),
        "last": datetime_zone(ran.at) if ran.at else _("belum pernah"),
        "result": ran.detail or "",
        "next": datetime_zone(following) if following else _("setiap setengah menit"),
        "failure": ran.failure,
        "failed_at": datetime_zone(ran.failed_at) if ran.failed_at else "",
        "chip": {"text": _("Gagal"), "tone": "bad"} if ran.failure else {"text": _("Baik"), "tone": "good"},
        "ran": ran.at is not None or ran.failure is not None,
    }


def _fate(message: "Message") -> dict[str, Any]:
    tones = {MessageStage.SENT: "good", MessageStage.DEAD: "bad"}
    return {
        "asked": datetime_zone(message.created_at),
        "chip": {"text": label(message.stage), "tone": tones.get(message.stage, "warn")},
        "said": _("Dikirim %(time)s.", time=datetime_zone(message.sent_at)) if message.sent_at else message.last_error,
    }
