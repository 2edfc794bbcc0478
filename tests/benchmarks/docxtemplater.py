"""Speed beside docxtemplater (Node). `python -m tests.benchmarks.docxtemplater` installs it for the while and prints.

Needs node, npm and a registry, so it is no part of the suite. Our template is turned into its dialect: the same
text and tables, its own tags, torn over runs as often.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from portal.documents import package, render, tags
from portal.documents.filters import pairs
from portal.documents.wordxml import TC, TR, Element, P, R, T, parse, serialise, text_of, w
from tests.benchmarks import drafts, measures, pks

PEER = """
const fs = require("fs"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const content = fs.readFileSync("template.docx"), rows = JSON.parse(fs.readFileSync("rows.json"));
function draft(row) {
  const made = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: true });
  made.render(row);
  return made.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}
for (let warm = 0; warm < 15; warm++) fs.writeFileSync("made.docx", draft(rows[0]));
let least = Infinity;
for (let round = 0; round < 4; round++) {
  const before = process.cpuUsage();
  for (const row of rows) draft(row);
  const used = process.cpuUsage(before);
  least = Math.min(least, (used.user + used.system) / 1e6 / rows.length);
}
console.log(least);
"""
LEAST_RATIO = 20
_ROUNDS = 4
_OPENS = re.compile(r"\{%(?:p|tr)?\s*(?:for \w+ in|if) (?P<path>.+?)\s*%\}")
_PAIRED = re.compile(r"pr\[(\d)\]\.(\w+)")


def template() -> bytes:
    """Our template in the dialect of docxtemplater."""
    parts = package.unpack(pks.template().content)
    for name in ("word/document.xml", "word/header1.xml"):
        root = parse(parts[name])
        for paragraph in list(root.iter(P)):
            tags.isolate(paragraph)
        _rows_in_cells(root)
        _translate(root)
        _tear(root)
        parts[name] = serialise(root)
    return package.pack(parts)


def row(number: int) -> dict[str, Any]:
    """The data of a draft, the pairs of parties worked out before."""
    data = pks.data(3, number)
    paired = [
        {f"{name}{at}": party[name] for at, party in enumerate(pair) for name in ("sebutan", "pejabat")}
        for pair in pairs(data["parties"])
    ]
    return {**data, "pasangan": [{**{f"{name}1": "" for name in ("sebutan", "pejabat")}, **one} for one in paired]}


def _rows_in_cells(root: Element) -> None:
    """Move the tags around a row into its first and last cell, where docxtemplater wants them."""
    for opening in [one for one in root.iter(TR) if text_of(one).startswith("{%tr for")]:
        repeated, closing = opening.getnext(), opening.getnext().getnext()
        cells = list(repeated.iterchildren(TC))
        for cell, tag, place in ((cells[0], text_of(opening), 1), (cells[-1], text_of(closing), None)):
            paragraph = list(cell.iterchildren(P))[0 if place else -1]
            run = etree.Element(R)
            etree.SubElement(run, T).text = tag
            paragraph.insert(place, run) if place else paragraph.append(run)
        for gone in (opening, closing):
            gone.getparent().remove(gone)


def _translate(root: Element) -> None:
    open_blocks: list[str] = []
    for node in root.iter(T):
        text = node.text or ""
        if not tags.TAG.fullmatch(text):
            continue
        if found := _OPENS.fullmatch(text):
            path = found["path"]
            name = "pasangan" if "pasangkan" in path else "sebutan1" if path == "pr[1]" else path.rpartition(".")[2]
            open_blocks.append(name)
            node.text = f"{{#{name}}}" if path != "pr[1]" else ""
        elif text.startswith("{%"):
            name = open_blocks.pop()
            node.text = f"{{/{name}}}" if name != "sebutan1" else ""
        else:
            path = _PAIRED.sub(r"\2\1", text[2:-2].strip())
            node.text = f"{{{path.rpartition('.')[2]}}}"


def _tear(root: Element) -> None:
    """Tear three tags in ten over two runs again, as Word had left them."""
    chance = random.Random(7)
    for run in list(root.iter(R)):
        text = text_of(run)
        if re.fullmatch(r"\{[^{}]{4,}\}", text) and chance.random() < 0.3:
            cut = chance.randrange(2, len(text) - 2)
            second = deepcopy(run)
            next(run.iter(T)).text, next(second.iter(T)).text = text[:cut], text[cut:]
            run.addnext(second)
            run.addnext(etree.Element(w("proofErr"), {w("type"): "spellStart"}))


def _installed(folder: Path) -> None:
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "docxtemplater", "pizzip"]
    subprocess.run(command, cwd=folder, check=True)
    (folder / "peer.js").write_text(PEER)
    (folder / "template.docx").write_bytes(template())
    (folder / "rows.json").write_text(json.dumps([row(number) for number in range(10)]))


def report() -> tuple[str, bool]:
    """Run both in turn; return the figures in words, and whether what is promised holds."""
    ours = pks.template()
    rows = [pks.data(3, number) for number in range(10)]
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _installed(folder)
        for _ in range(_ROUNDS):
            done = subprocess.run(["node", "peer.js"], cwd=folder, capture_output=True, text=True, check=True)
            here = measures.least({"ours": lambda: [render.render(ours, one) for one in rows]}, rounds=4)
            for who, took in (("peer", float(done.stdout)), ("ours", here["ours"] / len(rows))):
                found[who] = min(found.get(who, took), took)
        theirs = drafts.texts((folder / "made.docx").read_bytes())
    same = [_squeezed(text) for text in theirs] == [
        _squeezed(text) for text in drafts.texts(render.render(ours, rows[0]).content)
    ]
    ratio = found["peer"] / found["ours"]
    words = "\n".join(
        [
            f"same text: {same}",
            f"docxtemplater {found['peer'] * 1000:8.2f} ms CPU a draft",
            f"ours          {found['ours'] * 1000:8.2f} ms CPU a draft: {ratio:.0f}x less",
        ]
    )
    return words, same and ratio >= LEAST_RATIO


def _squeezed(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    told, holds = report()
    sys.stdout.write(f"{told}\n")
    sys.exit(0 if holds else f"expected the same text and at least {LEAST_RATIO}x less CPU")
