"""README tells the truth: its diagram of stages is the transition table, its pictures exist."""

import re

from portal.config import SETTINGS
from portal.domain.agreement import STAGES, Stage
from portal.domain.wording import label
from tests.harness.source import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def diagram() -> str:
    """The table of stages as README must show it."""
    rows = ["| stage | may become |", "| --- | --- |"]
    for stage in Stage:
        after = ", ".join(label(other) for other in Stage if other in STAGES.after(stage)) or "–"
        rows.append(f"| {label(stage)} | {after} |")
    return "\n".join(rows)


def test_the_diagram_of_stages_is_the_transition_table():
    shown = README.split("<!-- stages -->")[1].split("<!-- /stages -->")[0].strip()
    assert shown == diagram(), f"put this into README.md:\n{diagram()}"


def table() -> str:
    """The table of settings as README must show it."""
    rows = ["| variable | meaning |", "| --- | --- |"]
    rows += [f"| `{row.variable}` | {row.meaning}{' (needed)' if row.is_needed else ''} |" for row in SETTINGS]
    return "\n".join(rows)


def test_the_table_of_settings_is_that_of_config():
    shown = README.split("<!-- settings -->")[1].split("<!-- /settings -->")[0].strip()
    assert shown == table(), f"put this into README.md:\n{table()}"


def test_every_picture_of_readme_exists():
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file(), picture


def test_the_proxy_of_readme_is_for_the_portal_alone_and_speaks_current_tls_only():
    """ASVS 3.5.4, 4.1.2, 12.1.1, 12.1.2, 12.2.2."""
    plain, secure = re.findall(r"^server \{\n.*?^\}", README, flags=re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"server_name ([^;]+);", README)) == {"simpul.example.go.id"}
    assert "location / { return 403; }" in plain
    assert {target for _code, target in re.findall(r"return (301) (\S+);", plain)} == {
        "https://simpul.example.go.id/",
        "https://simpul.example.go.id/masuk",
    }
    assert re.findall(r"ssl_protocols ([^;]+);", secure) == ["TLSv1.2 TLSv1.3"]
    [suites] = re.findall(r"ssl_ciphers ([^;]+);", secure)
    assert all(re.fullmatch(r"ECDHE-(ECDSA|RSA)-AES\d+-GCM-SHA\d+", suite) for suite in suites.split(":"))
    assert "ssl_certificate /etc/letsencrypt/live/simpul.example.go.id/fullchain.pem;" in secure
