"""The resolved configuration as text and as JSON (docs/schemas/settings.json)."""

from collections.abc import Iterable, Iterator

from tracksync.reports.json_text import json_text
from tracksync.reports.lines import BLANK, Line, Style, columns, no_style, padded, render

Settings = Iterable[tuple[str, object, str]]
"""(key, value as JSON has it, where it comes from)."""


def settings_json(file: str, root: str, settings: Settings) -> str:
    """All settings as JSON text; `file` is "" when there is none."""
    rows = [{"key": key, "value": value, "source": source} for key, value, source in settings]
    return json_text({"schema": 1, "file": file or None, "root": root, "settings": rows})


def settings_text(
    file: str, root: str, settings: Settings, *, width: int | None = None, style: Style = no_style
) -> str:
    """All settings as aligned lines: key, value, source."""
    return render(_lines(file, root, list(settings)), width, style)


def _lines(file: str, root: str, settings: list[tuple[str, object, str]]) -> Iterator[Line]:
    yield Line("heading", file or "no configuration file: the defaults")
    yield Line("row", f"documents are named relative to {root}")
    yield BLANK
    rows = [(key, _written(value), source) for key, value, source in settings]
    first, second = (max(columns(row[column]) for row in rows) for column in (0, 1))
    for key, value, source in rows:
        kind = "note" if source == "default" else "row"
        yield Line(kind, f"{padded(key, first)}  {padded(value, min(second, 40))}  {source}")


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return "none" if value in (None, "", {}) else str(value)
