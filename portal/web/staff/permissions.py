"""Who may do what, drawn from the policy itself, and which pages that opens (design: ux W13)."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from portal.domain.policy import PARTNER_ROLES, RULES, STAFF_ROLES, Action, Role
from portal.web.access import Audience, office
from portal.web.filters import label
from portal.web.route_table import Route, routes

blueprint = Blueprint("permissions", __name__, url_prefix="/kelola/peran")

Item = dict[str, Any]


@blueprint.get("")
@office()
def show() -> str:
    """Show every action with the roles that may do it, and the sentence for the others."""
    return render_template("staff/permissions/show.html", tables=[_table(STAFF_ROLES), _table(PARTNER_ROLES)])


def _table(side: frozenset[Role]) -> Item:
    roles = [role for role in Role if role in side]
    in_office = side is STAFF_ROLES
    return {
        "id": "pegawai" if in_office else "mitra",
        "title": _("Pegawai Kementerian Sosial") if in_office else _("Orang dari mitra"),
        "roles": [label(role) for role in roles],
        "rows": [_row(action, roles) for action in Action if RULES[action].roles & side],
    }


def _row(action: Action, roles: list[Role]) -> Item:
    rule = RULES[action]
    return {
        "name": label(action),
        "code": action.value,
        "reason": _(rule.reason),
        "cells": [{"role": label(role), "may": role in rule.roles} for role in roles],
    }


@blueprint.get("/halaman")
@office()
def pages() -> str:
    """Show every address of the portal with the roles for which it opens."""
    found = routes(current_app)
    parts = {
        Audience.OFFICE: _("Halaman kantor"),
        Audience.PARTNER: _("Halaman mitra"),
        Audience.SIGNED_IN: _("Untuk semua yang masuk"),
        Audience.EVERYBODY: _("Tanpa masuk"),
    }
    return render_template(
        "staff/permissions/pages.html",
        parts=[
            {"id": side.value, "title": title, "rows": [_line(each) for each in found if _is_of(each, side)]}
            for side, title in parts.items()
        ],
    )


def _is_of(route: Route, side: Audience) -> bool:
    return route.access is not None and route.access.audience is side


def _line(route: Route) -> Item:
    action = route.access.action if route.access else None
    who = ", ".join(label(role) for role in Role if route.is_open_to(role))
    return {
        "method": _("buka") if route.method == "GET" else _("kirim"),
        "path": route.path,
        "action": label(action) if action else _("tanpa syarat peran"),
        "who": _("siapa pun") if route.is_open_to_strangers else who,
    }
