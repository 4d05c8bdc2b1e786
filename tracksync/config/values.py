"""The kinds of values that the configuration file holds: how each is read from text, and its JSON Schema.

`yaml` gives text only. An editor knows YAML's own types, so a schema accepts a number or a switch in both
forms, and where a word is wanted also what YAML takes for a number or a switch. A schema's title is the kind in the
words of the reference page.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from tracksync.owners import LABEL

SECRETS = ("GITHUB_TOKEN", "GITLAB_TOKEN", "TRACKSYNC_NAME")
"""The environment variables that may hold a token; the last stands for all that begin with `TRACKSYNC_`."""

_SECRET = re.compile(r"env/(GITHUB_TOKEN|GITLAB_TOKEN|TRACKSYNC_[A-Z0-9_]+)")


def _whole_number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,17}", value):
        return int(value)
    raise ValueError("must be a whole number, 0 or more, in digits only")


def _switch(value: object) -> object:
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value == "true"


def one_line(value: str) -> str:
    """A text with single blanks. Raises `ValueError` when nothing is left."""
    text = " ".join(value.split())
    if not text:
        raise ValueError("must not be empty")
    return text


def one_glob(value: str) -> str:
    """A pattern for paths below the root. Raises `ValueError` for any other."""
    if "\\" in value:
        raise ValueError('must be written with "/", not with "\\"')
    if value.startswith(("/", "~")) or re.match(r"[A-Za-z]:", value) or ".." in value.split("/"):
        raise ValueError("must stay inside the folder that the configuration is for: write it relative to that folder")
    if value.count("{") != value.count("}"):
        raise ValueError('has a "{" or "}" without the other')
    return value.removeprefix("./")


def _day(value: str) -> str:
    with suppress(ValueError):
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value).isoformat()
    raise ValueError("must be a day, written as YYYY-MM-DD")


def _at_least_one(globs: tuple[str, ...]) -> tuple[str, ...]:
    if not globs:
        raise ValueError("must name at least one")
    return globs


def one_project(value: str) -> str:
    """The name of a project. Raises `ValueError` when `value` is none."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", value):
        raise ValueError('must be made of letters, digits, "_", "-", "." and "/"')
    return value


def _server(value: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?", value):
        raise ValueError("must be the address of a server, like https://github.example.com")
    return value.rstrip("/")


def one_login(value: str) -> str:
    """A login without its @. Raises `ValueError` when `value` is none."""
    login = value.removeprefix("@")
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\[\]-]*", login):
        raise ValueError("must be one login")
    return login


def _owner(value: object) -> object:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if text.startswith(LABEL):
        return LABEL + _label(text.removeprefix(LABEL).strip())
    try:
        return one_login(text)
    except ValueError:
        raise ValueError(f"must be one login, like alice, or a team's label, like {LABEL}sre") from None


def _label(name: str) -> str:
    if not name or len(name) > 50 or "," in name:
        raise ValueError(f"needs 1 to 50 characters without a comma after {LABEL}")
    return name


def one_name(value: str) -> str:
    """A name as the map of owners holds it: single blanks, no @ before it. Raises `ValueError` when nothing is left."""
    name = " ".join(value.removeprefix("@").split())
    if not name:
        raise ValueError("must not be empty: a name, an e-mail address or a handle stands before the colon")
    return name


def _secret(value: object) -> object:
    """Nothing of `value` may be repeated: it may be the token itself."""
    if isinstance(value, str) and _SECRET.fullmatch(value):
        return value
    raise ValueError(
        f"must name an environment variable: {listed(f'env/{name}' for name in SECRETS)}; the token itself never "
        "stands in a file, and one that was committed must be revoked"
    )


def listed(words: Any) -> str:
    """`a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else str(last)


def later(here: str, *words: str) -> Callable[[object], object]:
    """Refuses values that the documentation promises for a later version; `here` is what there is now."""

    def check(value: object) -> object:
        if value in words:
            raise ValueError(f"{value} is not available in this version: write {here}")
        return value

    return check


_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}


def _number(most: int, title: str, least: int = 0) -> WithJsonSchema:
    pattern = r"^(0|[1-9][0-9]{0,8})$"
    kind = {"title": title, "type": ["integer", "string"], "minimum": least, "maximum": most, "pattern": pattern}
    return WithJsonSchema(kind)


MOST_BYTES = 16 * 1024 * 1024

Number = Annotated[int, BeforeValidator(_whole_number), _number(999_999_999, "whole number")]
Percent = Annotated[int, Field(le=100), BeforeValidator(_whole_number), _number(100, "whole number up to 100")]
Bytes = Annotated[
    int,
    Field(ge=1, le=MOST_BYTES),
    BeforeValidator(_whole_number),
    _number(MOST_BYTES, f"whole number from 1 to {MOST_BYTES}", least=1),
]
Switch = Annotated[
    bool, BeforeValidator(_switch), WithJsonSchema({"title": "true or false", "enum": [True, False, "true", "false"]})
]
Word = Annotated[str, AfterValidator(one_line), WithJsonSchema({"title": "text", **_TEXT})]
Words = tuple[Word, ...]
Glob = Annotated[Word, AfterValidator(one_glob), WithJsonSchema({"title": "pattern", **_TEXT})]
Globs = tuple[Glob, ...]
SomeGlobs = Annotated[Globs, AfterValidator(_at_least_one), Field(json_schema_extra={"minItems": 1})]
Day = Annotated[
    Word,
    AfterValidator(_day),
    WithJsonSchema({"title": "day", "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Project = Annotated[Word, AfterValidator(one_project), WithJsonSchema({"title": "name", **_TEXT})]
Names = tuple[Project, ...]
SIGNALS = {"github": ("pull_requests", "dependencies"), "gitlab": ("merge_requests", "work_item_status")}
"""What may tell a status, by kind of tracker."""
Signal = Annotated[
    Literal["pull_requests", "dependencies", "merge_requests", "work_item_status"],
    WithJsonSchema({"title": "signal", "type": "string", "enum": [one for known in SIGNALS.values() for one in known]}),
]
Server = Annotated[
    Word,
    AfterValidator(_server),
    WithJsonSchema({"title": "address", "type": "string", "pattern": "^https?://[^/]+"}),
]
Secret = Annotated[
    str | None,
    BeforeValidator(_secret),
    WithJsonSchema({"title": "reference", "type": "string", "pattern": f"^{_SECRET.pattern}$"}),
]
Name = Annotated[str, AfterValidator(one_name)]
Owner = Annotated[str, BeforeValidator(_owner)]
Owners = Annotated[
    dict[Name, Owner],
    WithJsonSchema(
        {
            "title": "mapping, or the path of a file",
            "anyOf": [
                {"type": "object", "additionalProperties": _TEXT},
                {"type": "string", "description": "A YAML file with the mapping, relative to the configuration file."},
            ],
        }
    ),
]
