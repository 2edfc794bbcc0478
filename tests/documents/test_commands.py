"""The commands for templates."""

import shutil

from click.testing import CliRunner

from portal import paths
from portal.cli.documents import documents
from portal.documents import about, gate


def run(*words):
    return CliRunner().invoke(documents, words)


def test_templates_are_built_the_same_each_time(tmp_path):
    assert run("build-templates", "--folder", str(tmp_path)).exit_code == 0
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (paths.DOC_TEMPLATES / path.name).read_bytes()
    assert len(list(tmp_path.iterdir())) == len(about.CODES)


def test_check_says_good_and_writes_samples(tmp_path):
    answer = run("check", "--sample", str(tmp_path))
    assert answer.exit_code == 0
    assert answer.output.count("baik") == len(about.CODES)
    assert all("word/document.xml" in gate.check(path.read_bytes()) for path in tmp_path.iterdir())


def test_check_names_what_is_wrong_and_fails(tmp_path):
    shutil.copy(paths.DOC_TEMPLATES / "mou.docx", tmp_path)
    (tmp_path / "mou.toml").write_text('title = "Nota"\n[names]\n"jenis" = { label = "jenis" }\n')
    answer = run("check", "--folder", str(tmp_path))
    assert answer.exit_code == 1
    assert "Templat ditolak" in answer.output
    assert "paragraf ke-" in answer.output
