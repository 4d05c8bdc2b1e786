import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tracksync.config.yaml import read
from tracksync.setup.scalars import comment, quoted

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(anything)
@example('a: # b"c\\d')
@example("@alice")
@example("\x00\x1b[31m\x85\u2028\ufeff\u200b")
@example("🚀 x\U000e0001")
def test_any_text_is_read_back_from_one_line(text: str) -> None:
    scalar = quoted(text)
    assert 1 == len(scalar.splitlines())
    assert {text: "v"} == yaml.safe_load(f"{scalar}: v\n")
    assert ({text: "v"}, []) == (read(f"{scalar}: v\n", "t.yml").data, read(f"{scalar}: v\n", "t.yml").faults)


@given(anything)
@example("##[error]x")
@example("a\n::error::b")
def test_any_comment_is_one_harmless_line(text: str) -> None:
    line = comment(text)
    assert line.startswith("# ")
    assert 1 == len(line.splitlines())
    assert None is yaml.safe_load(line)
    assert "##[" not in line


def test_plain_text_stays_as_it_is() -> None:
    assert '"José 世界"' == quoted("José 世界")
    assert '# say "no"' == comment('say "no"')
