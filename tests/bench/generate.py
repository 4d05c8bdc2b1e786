"""A made-up archive of postmortems: the same one for the same seed, on any machine.

Of every 40 documents 28 have a table of action items, 1 is a YAML file, 1 has them in a fenced YAML block and
10 have none; every other document has front matter. They average 3.3 KB, so 1,500 are 5 MB.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

# Even places have front matter, odd ones don't; a YAML file can't.
_WITH_FRONT_MATTER = "tttnttftntttnttntttn"
_WITHOUT = "tttnttytntttnttntttn"

_SERVICES = (
    "checkout",
    "catalog",
    "search",
    "basket",
    "payments",
    "shipping",
    "accounts",
    "pictures",
    "gateway",
)
_PARTS = (
    "queue",
    "cache",
    "index",
    "scheduler",
    "database",
    "worker",
    "load balancer",
    "connection pool",
    "rate limiter",
)
_PEOPLE = (
    "maria",
    "chen",
    "priya",
    "tomas",
    "noor",
    "alice",
    "dana",
    "jonas",
)
_VERBS = (
    "slowed down",
    "stopped answering",
    "lost its connections",
    "served old data",
    "refused writes",
)
_WHEN = (
    "after the morning deployment",
    "during the nightly import",
    "when traffic doubled",
    "while a host was replaced",
)
_BECAUSE = (
    "its time-out was longer than that of its callers",
    "a retry without a pause multiplied the load",
    "the alert looked at averages only",
    "the runbook described the former cluster",
    "a feature flag was on in one region and off in the other",
    "the limit had been set for half of today's traffic",
)
_SEEN = (
    "The dashboard showed the symptom and not the place.",
    "Customers saw an error page with a request number.",
    "The on-call engineer compared the two regions and found the difference.",
    "A second team was called in and confirmed the finding.",
    "No data was lost, and all delayed orders were completed later.",
    "The rollback took eleven minutes, as measured in the last exercise.",
)
_TASKS = ("Add an alert for", "Document", "Set a limit for", "Test the fail-over of", "Remove", "Move", "Measure")
_OBJECTS = (
    "the retry policy of the {s} {p}",
    "the time-out between {s} and its {p}",
    "`{s}.{p}.max_wait`",
    "the runbook for the {s} {p}",
    "the dashboard of the {s} {p} ([draft](https://wiki.example/{s}))",
)
_STATUSES = ("Not Started", "Not Started", "In Progress", "Complete")


def generate(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `count` documents into folders by year below `folder`; gives their paths in order."""
    paths = []
    for number in range(count):
        rng = Random(f"{seed}:{number}")
        form = (_WITHOUT if number % 2 else _WITH_FRONT_MATTER)[number // 2 % 20]
        year = 2019 + number % 8
        day = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        path = folder / "postmortems" / str(year) / f"{day}-{number:05}.{'yml' if form == 'y' else 'md'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_document(rng, form, day, front_matter=number % 2 == 0).encode())
        paths.append(path)
    return paths


def _document(rng: Random, form: str, day: str, front_matter: bool) -> str:
    title = f"{rng.choice(_SERVICES).capitalize()} {rng.choice(_VERBS)} {rng.choice(_WHEN)}"
    if form == "y":
        return _yaml_file(rng, title, day)
    head = _front_matter(rng, title, day) if front_matter else _bold_lines(rng, title, day)
    items: dict[str, Callable[[Random], str]] = {"t": _item_table, "f": _item_fence, "n": lambda _: "None.\n"}
    return f"{head}\n{_body(rng)}\n## Action Items\n\n{items[form](rng)}\n{_ending(rng)}"


def _front_matter(rng: Random, title: str, day: str) -> str:
    optional = {
        "services": f"[{', '.join(rng.sample(_SERVICES, 2))}]",
        "lead": rng.choice(_PEOPLE),
        "reviewed": "true",
    }
    keys = {"title": title, "date": day, "severity": f"SEV-{rng.randint(1, 4)}", "status": "Final"}
    keys["authors"] = f"[{', '.join(rng.sample(_PEOPLE, 2))}]"
    keys.update(rng.sample(list(optional.items()), rng.randint(0, 3)))
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{lines}---\n\n# Postmortem: {title}\n"


def _bold_lines(rng: Random, title: str, day: str) -> str:
    authors = ", ".join(f"@{name}" for name in rng.sample(_PEOPLE, 2))
    return (
        f"# Postmortem: {title}\n\n**Date**: {day}\n**Authors**: {authors}\n"
        f"**Status**: Final\n**Severity**: SEV-{rng.randint(1, 4)}\n"
    )


def _body(rng: Random) -> str:
    factors = "\n".join(f"### Factor {n}\n\n{_prose(rng, 2)}" for n in range(1, rng.randint(3, 4)))
    return (
        f"## Summary\n\n{_prose(rng, 3)}\n"
        f"## Impact\n\n- **Duration**: {rng.randint(9, 240)} minutes\n- **Users affected**: {rng.randint(90, 9000)}\n"
        f"- **Error budget consumed**: {rng.randint(1, 60)} %\n- **Data loss**: none\n\n"
        f"## Timeline\n\n{_timeline(rng)}\n"
        f"## Detection\n\n- [x] Automated alert\n- [ ] Customer report\n\n"
        f"## Contributing Factors\n\n{factors}\n"
        f"## What Went Well\n\n{_bullets(rng, 2)}\n## What Went Poorly\n\n{_bullets(rng, 2)}"
    )


def _ending(rng: Random) -> str:
    return (
        f"## Lessons Learned\n\n{_prose(rng, 2)}\n"
        f"## Supporting Information\n\n- Dashboard of {rng.choice(_SERVICES)}, `last 6 hours`\n"
    )


def _timeline(rng: Random) -> str:
    hour, minutes = rng.randint(0, 20), sorted(rng.sample(range(60), rng.randint(5, 8)))
    rows = (f"| {hour:02}:{minute:02} | {_sentence(rng)} |\n" for minute in minutes)
    return "| Time | Event |\n|------|-------|\n" + "".join(rows)


def _item_table(rng: Random) -> str:
    rows = [("Action", "Owner", "Due Date", "Priority", "Status")]
    rows += [(task, f"@{owner}", due, priority, status) for task, owner, due, priority, status in _items(rng)]
    aligned = rng.random() < 0.4
    widths = [max(len(cell) for cell in column) if aligned else 0 for column in zip(*rows, strict=True)]
    lines = [f"| {' | '.join(cell.ljust(w) for cell, w in zip(row, widths, strict=True))} |\n" for row in rows]
    return lines[0] + "|--------|-------|----------|----------|--------|\n" + "".join(lines[1:])


def _item_fence(rng: Random) -> str:
    return f"```yaml\n{_item_yaml(rng)}```\n"


def _item_yaml(rng: Random) -> str:
    return "action_items:\n" + "".join(
        f'  - item: "{task}"\n    owner: "@{owner}"\n    due: {due}\n    status: {status}\n    priority: {priority}\n'
        for task, owner, due, priority, status in _items(rng)
    )


def _items(rng: Random) -> list[tuple[str, str, str, str, str]]:
    found = []
    for _ in range(rng.randint(3, 6)):
        thing = rng.choice(_OBJECTS).format(s=rng.choice(_SERVICES), p=rng.choice(_PARTS))
        due = f"202{rng.randint(6, 7)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        task = f"{rng.choice(_TASKS)} {thing}"
        found.append((task, rng.choice(_PEOPLE), due, f"P{rng.randint(0, 3)}", rng.choice(_STATUSES)))
    return found


def _yaml_file(rng: Random, title: str, day: str) -> str:
    factors = "".join(f"  - {_sentence(rng)}\n" for _ in range(4))
    events = "".join(f'  - time: "1{n}:05"\n    event: {_sentence(rng)}\n' for n in range(7))
    return (
        f"title: {title}\ndate: {day}\nseverity: SEV-{rng.randint(1, 4)}\nstatus: Final\n"
        f"authors: [{', '.join(rng.sample(_PEOPLE, 2))}]\nsummary: >\n{_folded(rng, 8)}"
        f"timeline:\n{events}contributing_factors:\n{factors}{_item_yaml(rng)}lessons_learned: >\n{_folded(rng, 5)}"
    )


def _folded(rng: Random, sentences: int) -> str:
    return "".join(f"  {_sentence(rng)}\n" for _ in range(sentences))


def _bullets(rng: Random, count: int) -> str:
    return "".join(f"- {_sentence(rng)}\n" for _ in range(count))


def _prose(rng: Random, sentences: int) -> str:
    return "\n".join(_sentence(rng) for _ in range(sentences)) + "\n"


def _sentence(rng: Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(_SEEN)
    subject = f"The {rng.choice(_PARTS)} of {rng.choice(_SERVICES)}"
    return f"{subject} {rng.choice(_VERBS)} {rng.choice(_WHEN)}, because {rng.choice(_BECAUSE)}."
