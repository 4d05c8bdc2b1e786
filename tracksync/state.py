"""The folder for local state, `.tracksync/`: made when something is first written, and never part of a commit."""

from pathlib import Path

STATE = ".tracksync"


def state_folder(folder: Path) -> Path:
    """`folder` (the state folder or one inside it), made where it is missing. Raises `OSError`.

    The state folder gets a `.gitignore` that ignores everything in it, itself included.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for state in (folder, *folder.parents):
        if state.name == STATE and not (state / ".gitignore").exists():
            (state / ".gitignore").write_text("*\n")
    return folder
