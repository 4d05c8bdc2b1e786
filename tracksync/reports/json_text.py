"""Reports as JSON text."""

import json


def json_text(value: object) -> str:
    """`value` as indented ASCII JSON, keys in the order given, ending with a newline."""
    text = json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False)
    # "##[" starts a command anywhere in a line of GitHub's log; in JSON it can stand inside strings only.
    return text.replace("##[", "\\u0023#[") + "\n"
