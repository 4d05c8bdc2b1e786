"""New issues and changes of issues, sent to one project. What can't be assigned is found out by what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracksync.errors import OutcomeUnknown, StaleIssue
from tracksync.model import Field, Issue, IssueDraft, IssuePatch, IssueRef, Status
from tracksync.trackers.gitlab import bodies
from tracksync.trackers.gitlab.facts import HINTS, Facts
from tracksync.trackers.gitlab.rows import Raw, assigned_ids, is_duplicate
from tracksync.trackers.web.message import Answer, Request
from tracksync.trackers.web.wire import Wire, refused


@dataclass(frozen=True, slots=True)
class Writes:
    """Sends each write once. Raises `TrackerError`, `OutcomeUnknown`."""

    wire: Wire
    facts: Facts
    kind: str
    """The type of new issues; "" for GitLab's own choice."""
    confidential: bool
    """Each new issue is."""

    def new(self, draft: IssueDraft, held: Mapping[Field, str]) -> Answer:
        """The answer to one POST, whatever it says."""
        sent = bodies.post(draft, held, self._ids(held), self.kind, self.confidential or draft.confidential)
        self.facts.ensure_labels(bodies.labels_of_new(draft, held))
        answer = self.wire.ask(Request("POST", self.facts.path("/issues"), body=sent))
        self._look_at_assignees(sent, answer)
        return answer

    def change(self, raw: Raw, now: Issue, patch: IssuePatch, held: Mapping[Field, str]) -> Raw | None:
        """The issue after one PUT; None when nothing is to be sent. Raises `StaleIssue` when somebody can't be
        assigned any more.
        """
        sent = bodies.put(raw, now, patch, held, self._ids(held))
        if not sent:
            return None
        self.facts.ensure_labels(frozenset(filter(None, sent.get("add_labels", "").split(","))))
        if is_duplicate(raw) and held.get(Field.STATUS) in (Status.COMPLETE, Status.WONT_DO):
            # That it is another issue's duplicate ends only when it is reopened.
            self._put(now.ref, {"state_event": "reopen"})
            sent["state_event"] = "close"
        return self._put(now.ref, sent)

    def _put(self, ref: IssueRef, sent: Mapping[str, Any]) -> Raw:
        answer = self.wire.ask(Request("PUT", self.facts.path(f"/issues/{ref.number}"), body=dict(sent)))
        if refuses_somebody(answer):
            self.facts.forget("people")
            raise StaleIssue(f"somebody can't be assigned to {ref} any more")
        if answer.status != 200:
            raise refused(answer, f"changing {ref}", HINTS)
        self._look_at_assignees(sent, answer)
        return issue_of(answer)

    def _ids(self, held: Mapping[Field, str]) -> dict[str, int]:
        logins = [login for login in held.get(Field.OWNER, "").split(",") if login]
        return {login: self.facts.assignable()[login] for login in logins}

    def _look_at_assignees(self, sent: Mapping[str, Any], answer: Answer) -> None:
        """Who can't be assigned is left out without a word: then what is remembered of the members is outdated."""
        data = answer.data() if answer.status in (200, 201) else None
        if isinstance(data, dict) and set(sent.get("assignee_ids", ())) - {0} - assigned_ids(data):
            self.facts.forget("people", "several")


def refuses_somebody(answer: Answer) -> bool:
    """True when somebody can't be assigned."""
    return answer.status == 400 and "assignee" in answer.message


def issue_of(answer: Answer) -> dict[str, Any]:
    """The issue in an answer. Raises `OutcomeUnknown`."""
    data = answer.data()
    if not isinstance(data, dict) or "iid" not in data:
        raise OutcomeUnknown("the answer is no issue, so what happened is not known", "the next run finds out")
    return data
