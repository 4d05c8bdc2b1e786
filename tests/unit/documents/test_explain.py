"""Why something was or wasn't taken for action items."""

from tracksync.documents import explain

TABLE = "| Action | Owner | Due |\n|---|---|---|\n| a | b | c |\n"
DOCUMENT = f"""---
title: T
---
# T

## Timeline

| Time | Event |
|---|---|
| 1 | 2 |

- a point

## Action Items

{TABLE}
| Owner | Due |
|---|---|
| a | b |

> | Action | Owner |
> |---|---|
> | a | b |

- [ ] item

```
- example
```

```
{TABLE}```

```
code
```

```yaml
action_items:
  - item: a
  - item: b
```

```yaml
action_items: x
```

<ul><li>a</li></ul>

<table><tr><th>Metric</th></tr></table>

**JP** Add it

### Send it

- Owner: @a

# Other

- b

| Task | Notes |
|---|---|
| a | b |

| Notes |
|---|
| a |

<ul><li>a</li></ul>
"""


def test_everything_that_could_be_items_is_told_with_its_reason() -> None:
    told = [(one.line, one.format, one.taken, one.reason) for one in explain("a.md", DOCUMENT.encode())]
    assert told == [
        (8, "table", False, 'a column "time" is not one of action items'),
        (12, "list", False, '"Timeline" names something else'),
        (16, "table", True, '"Action Items" names action items'),
        (20, "table", False, "this table has no column for the action; name that column `Action`"),
        (24, "table", False, "a table in a quote or list is not read"),
        (28, "tasklist", True, '"Action Items" names action items'),
        (30, "list", False, "it stands in fenced code"),
        (34, "table", False, "it stands in fenced code"),
        (46, "yaml", True, "`action_items` holds action items"),
        (51, "yaml", False, "`action_items` must be a list; start each item with a dash"),
        (54, "html", True, '"Action Items" names action items'),
        (56, "html", False, 'a column "metric" is not one of action items'),
        (58, "heading", True, 'a paragraph with its owner, number or fields, and "Action Items" names action items'),
        (60, "heading", True, 'a heading with fields below, and "Action Items" names action items'),
        (62, "list", False, "its lines are the details of the item above"),
        (66, "list", False, "no heading or label above it names action items"),
        (68, "table", False, "no heading names action items, and too few columns tell of them"),
        (72, "table", False, "no column for the action, and no heading that names action items"),
        (76, "html", False, "no heading above it names action items"),
    ]


def test_weaker_headings_say_what_they_want() -> None:
    text = "## Prevention\n\n- a\n\n## Next steps\n\n1. a\n   ```\n   b\n   ```\n\n## Timeline\n\n<ul><li>a</li></ul>\n"
    assert [(one.line, one.reason) for one in explain("a.md", text.encode())] == [
        (3, 'under "Prevention" items count only with an owner, a date, a priority or a check box'),
        (7, 'steps with code under "Next steps" are a procedure'),
        (14, '"Timeline" does not name action items'),
    ]


def test_a_file_that_is_not_read_is_explained_too() -> None:
    (one,) = explain("a.md", b"\xff")
    assert (one.taken, one.reason) == (False, "the byte FF here is not UTF-8; save the document as UTF-8")
    assert [one.taken for one in explain("a.yml", b"action_items:\n  - a\n")] == [True]
    assert [one.taken for one in explain("a.html", b"<h2>Action Items</h2><ul><li>a</li></ul>")] == [True]
