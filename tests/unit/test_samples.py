"""The sample postmortems are package data: their bytes matter."""

from pathlib import Path

import yaml

import tracksync

SAMPLES = {path.name: path.read_bytes() for path in (Path(tracksync.__file__).parent / "samples").iterdir()}


def test_one_sample_has_windows_line_ends_throughout_and_the_others_none():
    windows = SAMPLES["2026-03-03-search-index.md"]
    assert windows.count(b"\n") == windows.count(b"\r\n") > 0
    assert [] == [name for name, data in SAMPLES.items() if b"\r" in data and data is not windows]


def test_the_yaml_sample_shows_an_owner_with_a_space_before_the_sign():
    items = yaml.safe_load(SAMPLES["2026-05-21-payment-callbacks.yml"])["action_items"]
    assert ["@tomas", " @alice", "@chen"] == [item["owner"] for item in items]


def test_one_sample_is_a_draft_and_the_others_are_final():
    drafts = [name for name, data in SAMPLES.items() if b"Draft" in data]
    assert ["2026-11-17-image-resizing.md"] == drafts
    assert {name for name, data in SAMPLES.items() if b"Final" in data} == set(SAMPLES) - set(drafts)
