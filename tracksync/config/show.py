"""The resolved configuration: every key, what it holds, and where that comes from."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import BaseModel

from tracksync.config.model import keys
from tracksync.config.settings import Configured
from tracksync.config.values import one_name
from tracksync.config.yaml import SECRETS, KeyPath, Place, dotted


class Setting(NamedTuple):
    """One key. `value` is as JSON has it; a secret is its reference, and whether there is something behind it."""

    key: str
    value: object
    source: str
    """`default`, or the file and line where the key stands."""


def resolved(found: Configured, environment: Mapping[str, str]) -> Iterator[Setting]:
    """All keys in the order of the reference; owners one by one. `environment`: where secrets are."""
    values = found.configuration.model_dump(mode="json")
    for path in keys():
        value = _value(found.configuration, path)
        if isinstance(value, BaseModel):
            continue
        if path == ("owners",) and value:
            yield from _owners(found)
        elif path in SECRETS and value:
            name = str(value).removeprefix("env/")
            yield _setting(path, f"{value} ({'set' if environment.get(name) else 'not set'})", found.places)
        else:
            yield _setting(path, _in_lines(_value(values, path)), found.places)


def _in_lines(value: object) -> object:
    """A list of mappings as a list of texts, each as it stands in YAML."""
    if not isinstance(value, list):
        return value
    return [f"{{{', '.join(f'{k}: {v}' for k, v in one.items())}}}" if isinstance(one, dict) else one for one in value]


def _owners(found: Configured) -> Iterator[Setting]:
    paths = {one_name(str(path[1])): path for path in found.places if path[0] == "owners" and len(path) == 2}
    for name, owner in found.configuration.owners.items():
        yield _setting(paths[name], owner, found.places)


def _setting(path: KeyPath, value: object, places: Mapping[KeyPath, Place]) -> Setting:
    place = places.get(path)
    return Setting(dotted(path), value, f"{place.file}:{place.line}" if place else "default")


def _value(data: object, path: KeyPath) -> object:
    for name in path:
        data = data[name] if isinstance(data, dict) else getattr(data, str(name))
    return data
