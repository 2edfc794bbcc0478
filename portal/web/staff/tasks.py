"""Everything that waits for the person who is signed in."""

from flask import Blueprint, render_template

from portal import clock
from portal.domain.dates import office_date
from portal.extensions import session
from portal.queries import tasks
from portal.web import guard
from portal.web.access import office
from portal.web.staff import task_rows

blueprint = Blueprint("tasks", __name__, url_prefix="/tugas")


@blueprint.get("")
@office()
def index() -> str:
    """List all tasks under their urgency."""
    found = tasks.list_tasks(session(), actor=guard.actor(), today=office_date(clock.now()))
    return render_template("staff/tasks/index.html", groups=task_rows.groups(found), total=len(found))
