from markdown_it import MarkdownIt
from yaml import safe_load

from tests.bench.generate import generate


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    first, again, other = (generate(tmp_path / name, 4, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in again]
    assert not {p.read_bytes() for p in first} & {p.read_bytes() for p in other}


def test_the_forms_have_the_shares_that_the_benchmark_promises(tmp_path):
    paths = generate(tmp_path, 80)
    texts = [path.read_text("utf-8") for path in paths]
    parser = MarkdownIt("commonmark").enable("table")
    tables = [sum(token.type == "table_open" for token in parser.parse(text)) for text in texts]
    assert 40 == sum(text.startswith("---\n") for text in texts)
    assert 56 == sum(count == 2 for count in tables)
    assert 2 == sum(path.suffix == ".yml" for path in paths)
    assert 2 == sum("```yaml" in text for text in texts)
    assert 20 == sum("## Action Items\n\nNone.\n" in text for text in texts)


def test_yaml_parts_are_yaml_with_three_to_six_items_and_flat_front_matter(tmp_path):
    for path in generate(tmp_path, 80):
        text = path.read_text("utf-8")
        if path.suffix == ".yml":
            assert 3 <= len(safe_load(text)["action_items"]) <= 6
        elif "```yaml" in text:
            assert 3 <= len(safe_load(text.split("```yaml\n")[1].split("```")[0])["action_items"]) <= 6
        if text.startswith("---\n"):
            assert 5 <= len(safe_load(text.split("---\n")[1])) <= 8


def test_documents_average_three_point_three_kilobytes(tmp_path):
    sizes = [path.stat().st_size for path in generate(tmp_path, 200)]
    assert 3200 <= sum(sizes) / len(sizes) <= 3450
