"""The reader's catalogue, looked up once for each request: a page says several hundred sentences."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from babel.support import NullTranslations
from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

MOST: Final = 5000
"""So many sentences are kept as markup for each language; beyond it a page is slower, and as right."""


class ReadersDomain(Domain):  # type: ignore[misc]
    """The catalogues of the portal; that of a request is found once, and anew inside `force_locale`."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of this request; outside of one the empty one."""
        if not has_app_context():
            return NullTranslations()
        found = getattr(g.get("_flask_babel"), "babel_translations", None)
        if found is None:
            found = super().get_translations()
            g._flask_babel.babel_translations = found  # noqa: SLF001 (the place that Flask-Babel itself clears)
        kept: NullTranslations = found
        return kept


class ReadersBabel(Babel):  # type: ignore[misc]
    """Flask-Babel with our domain."""

    @cached_property
    def domain_instance(self) -> ReadersDomain:
        """Return the domain of every page."""
        return ReadersDomain(domain=self.domain)


babel = ReadersBabel()


def register(app: Flask, language: Callable[[], str]) -> None:
    """Let Babel ask `language`, and templates say their sentences without a walk through the request for each."""
    babel.init_app(app, locale_selector=language)

    @pass_eval_context
    def say(context: EvalContext, message: str, /, **values: Any) -> str:
        catalogue = babel.domain_instance.get_translations()
        if not context.autoescape:
            return str(catalogue.gettext(message)) % values
        if values:
            return Markup(catalogue.gettext(message)) % values  # noqa: S704 (a sentence of ours, not what was typed)
        said: dict[str, Markup] = catalogue.__dict__.setdefault("said", {})
        found = said.get(message)
        if found is None:
            found = Markup(catalogue.gettext(message)) % {}  # noqa: S704
            if len(said) < MOST:
                said[message] = found
        return found

    app.jinja_env.globals.update(_=say, gettext=say)
