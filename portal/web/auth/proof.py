"""The page that asks for a proof before a legal act. When one is needed is said in `web/proving.py`."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal.services.proofs import Proof
from portal.web import proving
from portal.web.addresses import sender_path
from portal.web.auth.pages import blueprint
from portal.web.filters import datetime_zone
from portal.web.forms.account import ProofForm


def refusal(proof: Proof, *, by_app: bool) -> str:
    """Return the sentence for a wrong proof."""
    if proof.locked_until is not None:
        return _("Terlalu banyak percobaan. Coba lagi sesudah %(when)s.", when=datetime_zone(proof.locked_until))
    if by_app:
        return _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu tulis kode itu.")
    return _("Kata sandi tidak cocok. Periksa lalu coba lagi.")


@blueprint.app_errorhandler(proving.ProofWanted)
def ask(wanted: proving.ProofWanted) -> tuple[str, int]:
    """Ask for the password or the code; the form carries what was sent and goes where that was to go."""
    form = ProofForm(formdata=None)
    if wanted.by_app:
        form.proof.label.text = _("Kode dari aplikasi")
    if wanted.refused is not None:
        form.proof.errors = [refusal(wanted.refused, by_app=wanted.by_app)]
    page = render_template(
        "errors/proof.html",
        form=form,
        by_app=wanted.by_app,
        sent=[pair for pair in request.form.items(multi=True) if pair[0] not in {"csrf_token", proving.FIELD}],
        action=request.full_path.rstrip("?"),
        back=sender_path(url_for("front.home")),
    )
    return page, 401 if wanted.refused is None else 422
