"""Values of kept records as a person reads them, whatever lies inside them."""

from portal.web import personal_copy


def test_values_inside_values_stand_in_brackets_and_show_no_code():
    row = {
        "relation": "by",
        "values": {"detail": {"amount": {"from": None, "to": ["1", {"unit": "paket"}]}, "is_done": True}},
    }
    record = {"table": "entry", "purpose": "", "kept": "", "rows": [row]}
    [card] = personal_copy.cards({"records": [record]}, is_own=True)
    [fact] = card["rows"][0]["facts"]
    assert fact["value"] == "amount: (from: –; to: (1; (unit: paket))); is_done: True"
