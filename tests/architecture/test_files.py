"""What may lie in the repository: no secret, no place of one machine, no address of a registry."""

import re

from tests.harness import source

# Written in two halves, so that this file does not find itself.
FORBIDDEN = {
    "a home folder": r"/(?:home|Users)/[a-z][\w.-]*/|/ro" + r"ot/",
    "a folder of one machine": r"(?<![\w.])/wo" + r"rk/",
    "the address of a registry": r"pypi\.o" + r"rg|pythonhos" + r"ted|registry\.npm" + r"js|--(?:extra-)?index-url",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KE" + r"Y-----",
    "a token": r"\b(?:ghp|gho|glpat|xoxb|AKIA)[_-]?[A-Za-z0-9]{16,}",
    "unfinished work": r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b",
}
BINARY = {".png", ".docx", ".woff2", ".mo", ".ico", ".pdf", ".sqlite"}
FOREIGN = ("portal/static/vendor/",)
TOP_LEVEL = {
    "portal", "templates", "doc_templates", "migrations", "tests", "wsgi.py", "pyproject.toml", "README.md",
    "run.py", ".ci", ".gitignore", "LICENSE", "requirements.lock", "requirements-test.lock",
}  # fmt: skip


def test_no_file_carries_a_secret_or_a_place_of_one_machine():
    found = []
    for path in source.tracked_files():
        name = str(path.relative_to(source.ROOT))
        if path.suffix in BINARY or name.startswith(FOREIGN):
            continue
        text = path.read_text(errors="replace")
        found += [f"{name}: {what}" for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]
    assert not found, "\n".join(found)


def test_the_top_level_holds_the_agreed_names_only():
    present = {path.relative_to(source.ROOT).parts[0] for path in source.tracked_files()}
    assert present <= TOP_LEVEL, f"not agreed (design: house §9): {sorted(present - TOP_LEVEL)}"


def test_the_lock_for_tests_holds_the_lock_for_running():
    pins = [
        dict(re.findall(r"^([\w.-]+)==(\S+)", (source.ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-test.lock")
    ]
    running, testing = pins
    assert running
    assert running.items() <= testing.items()


def test_every_locked_package_has_a_hash():
    for name in ("requirements.lock", "requirements-test.lock"):
        blocks = re.split(r"\n(?=\S)", (source.ROOT / name).read_text())
        bare = [block.splitlines()[0] for block in blocks if "==" in block.splitlines()[0] and "--hash=" not in block]
        assert not bare, f"{name}: {bare}"


def test_every_package_that_is_asked_for_is_locked():
    text = (source.ROOT / "pyproject.toml").read_text()
    asked = {
        re.sub(r"[-_.]+", "-", name).lower()
        for name in re.findall(
            r'^\s*"([A-Za-z][\w.-]*)(?:\[\w+\])?[>=<]', text.split("[project.scripts]")[0], re.MULTILINE
        )
    }
    locked = set(re.findall(r"^([\w.-]+)==", (source.ROOT / "requirements-test.lock").read_text(), re.MULTILINE))
    tools = {"hatchling", "fonttools", "brotli"}
    assert asked - tools <= locked, f"run the recipe 'Change a dependency': {sorted(asked - tools - locked)}"
