"""Values of kept records as a person reads them, whatever lies inside them."""

from portal.web import personal_copy


def cards(table, **values):
    """The facts of one row as the page shows them."""
    record = {"table": table, "purpose": "", "kept": "", "rows": [{"relation": "by", "values": values}]}
    [card] = personal_copy.cards({"records": [record]}, is_own=True)
    return {fact["label"]: fact["value"] for fact in card["rows"][0]["facts"]}


def test_a_role_is_named_with_its_period(app):
    with app.test_request_context():
        facts = cards("account_role", role="officer", starts_on="2026-01-02", ends_on=None, account_id=3)
    assert facts == {"Peran": "Petugas kerja sama", "Sejak": "2 Jan 2026"}


def test_of_a_mail_the_words_are_shown_and_not_the_code_of_its_page(app):
    with app.test_request_context():
        facts = cards("message", body_text="Kepada Siti", body_html="<p>Kepada Siti</p>")
    assert facts == {"Isi surel": "Kepada Siti"}


def test_values_inside_values_stand_in_brackets_and_show_no_code(app):
    with app.test_request_context():
        facts = cards("entry", detail={"amount": {"from": None, "to": ["1", {"unit": "paket"}]}, "phone": "0812"})
    assert facts == {"Rincian": "amount: (from: –; to: (1; (unit: paket))); Telepon: 0812"}
