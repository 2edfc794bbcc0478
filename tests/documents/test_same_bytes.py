"""Equal input gives equal bytes, wherever and whenever it is made."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from portal.documents import context, render, samples, templates
from tests.benchmarks import pks

PROGRAM = """
import hashlib
from portal.documents import context, render, samples, templates
made = render.render(templates.get("pks"), context.snapshot(samples.FULL))
print(hashlib.sha256(made.content).hexdigest())
"""


def test_another_process_with_another_hash_seed_makes_the_same_bytes():
    here = render.render(templates.get("pks"), context.snapshot(samples.FULL)).content
    done = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    assert {one.stdout.strip() for one in done} == {hashlib.sha256(here).hexdigest()}


def test_four_threads_that_share_a_template_make_what_one_makes():
    template = pks.template("threads")
    rows = [pks.data(2 + number % 4, number) for number in range(24)]
    alone = [render.render(pks.template("alone"), row).content for row in rows]
    with ThreadPoolExecutor(max_workers=4) as threads:
        assert list(threads.map(lambda row: render.render(template, row).content, rows)) == alone


def test_drafts_before_it_leave_no_trace_in_a_draft():
    template = templates.get("pks")
    first = render.render(template, context.snapshot(samples.FULL)).content
    render.render(template, context.snapshot(samples.LITTLE_KNOWN))
    assert render.render(template, context.snapshot(samples.FULL)).content == first
