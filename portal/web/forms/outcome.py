"""Runs a service for a form: a broken rule becomes a sentence at the field it names."""

from collections.abc import Callable
from typing import TypeVar

from flask_wtf import FlaskForm

from portal.domain.errors import RuleBroken
from portal.extensions import session
from portal.web.languages import sentence

Result = TypeVar("Result")


def attempt(form: FlaskForm, call: Callable[[], Result]) -> Result | None:
    """Return what `call` returns; on a broken rule put its sentence on the form and return None.

    The sentence goes to the field that the rule names, else to the form as a whole (`form.form_errors`).
    What was written so far is rolled back; what was typed stays in the form.
    """
    try:
        return call()
    except RuleBroken as broken:
        session().rollback()
        field = form._fields.get(broken.field or "")
        target = field.errors if field is not None else form.form_errors
        if isinstance(target, tuple):
            field.errors = [*target, sentence(broken)]
        else:
            target.append(sentence(broken))
        return None
