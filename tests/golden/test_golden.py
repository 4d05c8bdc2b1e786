"""Whole documents: what is read from them, and their exact bytes after edits.

`samples/NAME` → `expected/NAME.json` (all fields of the document), and with `edits.json` → `expected/NAME` (the bytes).
`python -m tests.golden.test_golden` writes the expectations anew: read the difference before you commit it.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tracksync.documents import parse, rewrite
from tracksync.model import Document, Field, ItemEdit

HERE = Path(__file__).parent
SAMPLES = sorted(path.name for path in (HERE / "samples").iterdir())
EDITS = json.loads((HERE / "edits.json").read_text("utf-8"))
NAMES = {"alice": "Alice Ace", "bob": "Bob"}


def shown(document: Document) -> str:
    fields = asdict(document)
    for item, read in zip(fields["items"], document.items, strict=True):
        item["readings"] = read.readings._asdict()
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


def edited(name: str) -> bytes:
    edits = [ItemEdit(index, Field(field), value) for index, field, value in EDITS[name]]
    result = rewrite(name, (HERE / "samples" / name).read_bytes(), edits, names=NAMES if name == "windows.md" else {})
    assert result.problems == ()
    assert result.done == tuple(edits)
    return result.data


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_is_read_as_expected(name: str) -> None:
    document = parse(name, (HERE / "samples" / name).read_bytes())
    assert shown(document) == (HERE / "expected" / f"{name}.json").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(EDITS))
def test_a_document_has_the_expected_bytes_after_edits(name: str) -> None:
    assert edited(name) == (HERE / "expected" / name).read_bytes()


@pytest.mark.parametrize("name", sorted(EDITS))
def test_only_lines_of_edited_items_differ(name: str) -> None:
    before = (HERE / "samples" / name).read_bytes().split(b"\n")
    kept = [line for line in edited(name).split(b"\n") if line in before]
    items = {item.line for item in parse(name, b"\n".join(before)).items}
    if name.endswith(".md"):
        lines = {number for number, line in enumerate(before, 1) if line not in kept}
        assert lines <= items | {number for number, line in enumerate(before, 1) if line.startswith((b"    ", b"- **"))}


if __name__ == "__main__":
    (HERE / "expected").mkdir(exist_ok=True)
    for one in SAMPLES:
        read = parse(one, (HERE / "samples" / one).read_bytes())
        (HERE / "expected" / f"{one}.json").write_text(shown(read), "utf-8")
        if one in EDITS:
            (HERE / "expected" / one).write_bytes(edited(one))
