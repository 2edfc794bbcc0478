"""The pages. `register` joins door, errors, languages and every page module to the app."""

from importlib import import_module

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.web import (
    access_log,
    asking,
    assets,
    context,
    drawn,
    errors,
    filters,
    guard,
    headers,
    languages,
    transaction,
)

OFFICE_PAGES = (
    "portal.web.staff.agreements",
    "portal.web.staff.drafting",
    "portal.web.staff.bulk",
    "portal.web.staff.invitations",
    "portal.web.staff.reports",
    "portal.web.staff.report_marks",
    "portal.web.staff.report_rounds",
    "portal.web.staff.home",
    "portal.web.staff.tasks",
    "portal.web.staff.obligations",
    "portal.web.staff.reliefs",
    "portal.web.staff.questions",
    "portal.web.staff.shared_drafts",
    "portal.web.staff.duty_bulk",
    "portal.web.staff.contacts",
    "portal.web.staff.duty_events",
    "portal.web.staff.deadline_calendar",
    "portal.web.staff.calendar_feeds",
    "portal.web.staff.organisations",
    "portal.web.staff.organisation_people",
    "portal.web.staff.organisation_likeness",
    "portal.web.staff.organisation_merges",
    "portal.web.staff.organisation_documents",
    "portal.web.staff.card_proposals",
    "portal.web.staff.holidays",
    "portal.web.staff.report_forms",
    "portal.web.staff.report_on_behalf",
    "portal.web.staff.doc_templates",
    "portal.web.staff.clauses",
    "portal.web.staff.bell",
    "portal.web.staff.reminders",
    "portal.web.staff.exports",
    "portal.web.staff.ladders",
    "portal.web.staff.absences",
    "portal.web.staff.reminder_decisions",
    "portal.web.staff.reminder_people",
    "portal.web.staff.mailbox",
    "portal.web.staff.jobs",
    "portal.web.staff.users",
    "portal.web.staff.user_roles",
    "portal.web.staff.user_invitations",
    "portal.web.staff.handovers",
    "portal.web.staff.permissions",
    "portal.web.staff.audit",
    "portal.web.staff.audit_chain",
    "portal.web.staff.personal_data",
    "portal.web.staff.incidents",
    "portal.web.staff.retention",
    "portal.web.staff.processing",
)
"""Modules of `web/staff`; each has a `blueprint`. They live under /kantor."""

PARTNER_PAGES = (
    "portal.web.partner.home",
    "portal.web.partner.reports",
    "portal.web.partner.report_rounds",
    "portal.web.partner.offline_packs",
    "portal.web.partner.report_steps",
    "portal.web.partner.report_evidence",
    "portal.web.partner.report_approvals",
    "portal.web.partner.reliefs",
    "portal.web.partner.agreements",
    "portal.web.partner.ratings",
    "portal.web.partner.questions",
    "portal.web.partner.shared_drafts",
    "portal.web.partner.agenda",
    "portal.web.partner.calendar_feeds",
    "portal.web.partner.profile",
    "portal.web.partner.guide",
    "portal.web.partner.bell",
    "portal.web.partner.reminders",
    "portal.web.partner.team",
    "portal.web.partner.members",
)
"""Modules of `web/partner`; each has a `blueprint`. They live under /mitra."""

PLAIN_PAGES = (
    "portal.web.auth",
    "portal.web.own_account",
    "portal.web.own_authenticator",
    "portal.web.own_data",
    "portal.web.public.front",
    "portal.web.public.calendar_feed",
    "portal.web.public.health",
)
"""Modules with a `blueprint` at the root: sign-in, help, health."""

DEMO_PAGES = ("portal.web.public.gallery", "portal.web.public.demo_mails")
"""Modules that exist in demonstrations and tests only."""


def _blueprint(module: str) -> Blueprint:
    found: Blueprint = import_module(module).blueprint
    return found


def register(app: Flask) -> None:
    """Join every edge of the web to the app; the order of the door and the commit matters."""
    settings = app.config["SETTINGS"]
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        # The host comes as `Host`: a proxy that is not told to set X-Forwarded-Host hands on what the sender wrote.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n)  # type: ignore[method-assign]
    asking.register(app)
    access_log.register(app)
    guard.register(app)
    headers.register(app)
    assets.register(app)
    transaction.register(app)
    errors.register(app)
    languages.register(app)
    filters.register(app)
    drawn.register(app)
    context.register(app)
    office = Blueprint("staff", __name__, url_prefix="/kantor")
    partner = Blueprint("partner", __name__, url_prefix="/mitra")
    for parent, modules in ((office, OFFICE_PAGES), (partner, PARTNER_PAGES), (app, PLAIN_PAGES)):
        for module in modules:
            parent.register_blueprint(_blueprint(module))
    if settings.demo or settings.testing:
        for module in DEMO_PAGES:
            app.register_blueprint(_blueprint(module))
    app.register_blueprint(office)
    app.register_blueprint(partner)
