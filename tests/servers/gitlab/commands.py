"""Quick actions: lines of a text that are commands. GitLab carries them out and takes them out of the text."""

import re

from tests.servers.gitlab.entities import Command

SHRUG, FLIP = "¯\\＿(ツ)＿/¯", "(╯°□°)╯︵ ┻━┻"
INSERTIONS = {"shrug": SHRUG, "tableflip": FLIP}
"""Replaced by a picture instead of taken out."""
NAMES = """
    add_child add_contacts add_email approve assign assign_reviewer award blocked_by blocks board_move child_of
    clear_health_status clear_weight clone close confidential convert_to_ticket copy_metadata copy_metadata_from
    create_merge_request done draft due due_date duplicate epic estimate estimate_time health_status in iteration
    label labels link lock merge milestone move open page parent parent_epic promote promote_to promote_to_incident
    publish react ready reassign reassign_reviewer rebase relabel relate remove_assignee remove_child
    remove_contacts remove_due_date remove_email remove_epic remove_estimate remove_iteration remove_label
    remove_labels remove_milestone remove_parent remove_parent_epic remove_reviewer remove_time_estimate
    remove_time_spent remove_zoom reopen request_changes request_review reviewer set_parent severity spend
    spend_time spent status submit_review subscribe tag target_branch timeline title todo type unapprove unassign
    unassign_reviewer unlabel unlink unlock unrelate unsubscribe weight zoom
"""

PROTECTED = (
    r"^```.+?\n```$",  # a fence of backticks, never one of tildes
    r"`\n*.+?\n*`",  # whatever is between two backticks
    r"^<[^>]+?>\n.+?\n</[^>]+?>$",  # HTML whose opening tag stands alone on its line, no comments
    r"^>>>.+?\n>>>$",  # a quotation of several lines
)
LINE = re.compile(
    "|".join(PROTECTED)
    + rf"|^/(?i:(?P<name>{'|'.join([*NAMES.split(), *INSERTIONS])}))(?: (?P<argument>[^\n]*))?(?:\s*\n|(?=\n)|\Z)",
    re.M | re.S,
)


def extract(text: str) -> tuple[str, list[Command]]:
    """The text as it is stored, and the commands that were in it.

    Carriage returns and white space at the end go too, whether there are commands or not.
    """
    found: list[Command] = []

    def taken(match: re.Match[str]) -> str:
        if match["name"] is None:
            return match[0]
        name, argument = match["name"].lower(), (match["argument"] or "").strip()
        if name in INSERTIONS:
            end = "\n" if match[0].endswith("\n") else ""
            return f"{argument} {INSERTIONS[name]}".lstrip() + end
        found.append(Command(name, argument))
        return ""

    stored = LINE.sub(taken, text.replace("\r", ""))
    return stored.rstrip(), found
