"""The configuration file and the file of owners that it may name, from the disk."""

import os
from pathlib import Path

from tracksync.config.yaml import MAX_BYTES, Fault, Place, Read, at, read

OWNERS = ("owners",)


def read_file(file: Path, name: str) -> Read:
    """What `file` holds; `name` is what people see. A file that can't be read has that as its fault."""
    try:
        return _decoded(_bytes(file), name)
    except OSError as error:
        return _refused(Place(name), f"this file can't be read: {error.strerror}")


def _bytes(file: Path) -> bytes:
    # Opening a pipe would wait for ever, and no configuration is one.
    if os.path.exists(file) and not os.path.isfile(file):
        raise OSError(0, "it is a folder" if os.path.isdir(file) else "it is no regular file")
    if os.path.islink(file) and not os.path.exists(file):
        raise OSError(0, "it is a link to a file that is gone")
    with open(file, "rb") as stream:
        return stream.read(MAX_BYTES + 4)


def _decoded(data: bytes, name: str) -> Read:
    try:
        return read(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        if len(data) > MAX_BYTES:
            return read("#" * (MAX_BYTES + 1), name)
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return _refused(Place(name, line, column), "this file is not UTF-8: save it as UTF-8")


def _refused(place: Place, reason: str) -> Read:
    return Read({}, {}, {(): place}, [Fault(place, reason)])


def with_owners(found: Read, folder: Path, root: Path) -> Read:
    """`found` with the mapping of the file that `owners` names, when it names one.

    The path is relative to `folder`, and leads to a file inside `root`. The file may put its mapping below `owners`.
    """
    path = at(found.data, OWNERS)
    if not isinstance(path, str) or not path or not isinstance(found.data, dict):
        return found
    data = {key: value for key, value in found.data.items() if key != OWNERS[0]}
    place = found.values[OWNERS]
    reason = _unusable(folder / path, root)
    if reason:
        return found._replace(data=data, faults=[*found.faults, Fault(place, f"owners: {reason}")])
    name = os.path.join(os.path.dirname(place.file), path)
    owners = _below_one_key(read_file(folder / path, name))
    return Read(
        {**data, OWNERS[0]: owners.data},
        {**found.keys, **{OWNERS + key: place for key, place in owners.keys.items()}},
        {**found.values, **{OWNERS + key: place for key, place in owners.values.items()}},
        [*found.faults, *owners.faults],
    )


def _unusable(file: Path, root: Path) -> str:
    """Why this can't be the file of owners, or ""."""
    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root)):
        return f"the file must stay inside {root}, the folder that the configuration is for"
    if not os.path.lexists(file):
        return f"there is no file {file.name} at this path, which is relative to the configuration file"
    return ""


def _below_one_key(found: Read) -> Read:
    inner = at(found.data, OWNERS)
    if not isinstance(inner, dict) or found.data != {OWNERS[0]: inner}:
        return found
    keys = {key[1:]: place for key, place in found.keys.items() if len(key) > 1}
    return found._replace(data=inner, keys=keys, values={key[1:]: place for key, place in found.values.items() if key})
