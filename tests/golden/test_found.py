"""What fuzzing found: each document is read and rewritten in no time, and nothing but the item's own lines changes."""

from pathlib import Path
from time import process_time

import pytest

from tests.fuzz.targets import VALUES, change
from tracksync.documents import parse
from tracksync.model import Field, ItemEdit

FOUND = Path(__file__).parent / "found"


@pytest.mark.parametrize("name", sorted(path.name for path in FOUND.iterdir()))
def test_a_finding_stays_fixed(name: str) -> None:
    data, start = (FOUND / name).read_bytes(), process_time()
    document = parse(name, data)
    assert parse(name, data, fields=False).items == document.items
    for item in document.items:
        for which in Field:
            change(name, data, document.items, ItemEdit(item.index, which, VALUES[which][-1]))
    assert process_time() - start < 5
