"""Settings that can't both be meant. They are looked for in the text, whatever else is wrong with the file."""

from collections.abc import Callable, Iterable, Iterator

from tracksync.config.model import HOSTED_ONLY, ONLY, TYPES, PriorityWords, Published, StatusWords
from tracksync.config.values import SIGNALS
from tracksync.config.yaml import SECRETS, Fault, KeyPath, Read, at, dotted


def conflicts(found: Read) -> Iterator[Fault]:
    """Every such contradiction, at the later of the two places."""
    yield from _without_use(found)
    yield from _of_another_kind(found)
    yield from _twice(
        found, ("documents",), ("include", "exclude"), "is a pattern of {first} too: keep one of the two", _glob
    )
    for path, model in (
        (("documents", "published"), Published),
        (("status",), StatusWords),
        (("priority",), PriorityWords),
    ):
        yield from _twice(found, path, model.model_fields, "already stands for {first}: keep one of the two")
    yield from _one_name_two_people(found)


def _without_use(found: Read) -> Iterator[Fault]:
    """Keys of a hosted tracker do nothing for the embedded one, and a token nothing beside an App."""
    if at(found.data, ("tracker", "kind")) in (None, "local"):
        for name in HOSTED_ONLY:
            path = ("tracker", name)
            if at(found.data, path) is not None:
                more = " (and revoke a token that was committed)" if path in SECRETS else ""
                yield Fault(found.values[path], f"{dotted(path)} does nothing with `kind: local`: remove it{more}")
    elif (at(found.data, ("tracker", "app_id")) is None) != (at(found.data, ("tracker", "app_key")) is None):
        given = next(
            path for path in (("tracker", "app_id"), ("tracker", "app_key")) if at(found.data, path) is not None
        )
        yield Fault(found.values[given], "tracker.app_id and tracker.app_key need each other: a GitHub App has both")


def _of_another_kind(found: Read) -> Iterator[Fault]:
    """Keys and values that mean nothing to this kind of hosted tracker."""
    kind = at(found.data, ("tracker", "kind"))
    if kind not in ("github", "gitlab"):
        return
    others = {name for other, names in ONLY.items() if other != kind for name in names}
    for path in [("tracker", name) for name in sorted(others) if at(found.data, ("tracker", name)) is not None]:
        yield Fault(found.values[path], f"{dotted(path)} does nothing with `kind: {kind}`: remove it")
    given = at(found.data, ("tracker", "signals"))
    known = {one for names in SIGNALS.values() for one in names}
    for number, signal in enumerate(given if isinstance(given, list) else ()):
        if signal in known and signal not in SIGNALS[kind]:
            here = ("tracker", "signals", number)
            yield Fault(found.values[here], f"{dotted(here)}: {kind} has {' and '.join(SIGNALS[kind])}, not {signal}")
    wanted = at(found.data, ("tracker", "issue_type"))
    if kind == "gitlab" and isinstance(wanted, str) and wanted.strip() not in TYPES:
        path = ("tracker", "issue_type")
        yield Fault(found.values[path], f"{dotted(path)} must be {', '.join(TYPES[:-1])} or {TYPES[-1]} on GitLab")


def _folded(text: str) -> str:
    return " ".join(text.split()).removeprefix("@").casefold()


def _glob(text: str) -> str:
    return text.strip().removeprefix("./")


def _twice(
    found: Read, above: KeyPath, lists: Iterable[str], reason: str, form: Callable[[str], str] = _folded
) -> Iterator[Fault]:
    """Texts that stand in two of the lists; `form` is what is compared."""
    seen: dict[str, str] = {}
    for name in lists:
        entries = at(found.data, (*above, name))
        for number, text in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(text, str):
                first = seen.setdefault(form(text), name)
                if first != name:
                    here = (*above, name, number)
                    yield Fault(
                        found.values[here], f"{dotted(here)}: {text!r} {reason.format(first=dotted((*above, first)))}"
                    )


def _one_name_two_people(found: Read) -> Iterator[Fault]:
    owners = at(found.data, ("owners",))
    seen: dict[str, tuple[str, str]] = {}
    for name, owner in owners.items() if isinstance(owners, dict) else ():
        if isinstance(owner, str):
            first, meant = seen.setdefault(_folded(name), (name, _folded(owner)))
            if meant != _folded(owner):
                place, line = found.keys["owners", name], found.keys["owners", first].line
                same = f"is the same name as {first} in line {line}, with another value: keep one of the two"
                yield Fault(place, f"{dotted(('owners', name.strip()))} {same}")
