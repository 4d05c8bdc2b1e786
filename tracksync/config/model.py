"""The keys of the configuration file, as pydantic models.

Descriptions and examples are part of the contract: the JSON Schema and the reference page are made of them. `LATER`
names what the documentation promises for later versions, so that using it early is told apart from a misspelling.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tracksync.config.routing import EXAMPLE, Routes
from tracksync.config.values import (
    Bytes,
    Day,
    Globs,
    Names,
    Number,
    Owners,
    Percent,
    Project,
    Secret,
    Server,
    Signal,
    SomeGlobs,
    Switch,
    Word,
    Words,
    later,
)
from tracksync.planning.rules import FieldPolicy, Limits, Policy, Removed

LATER = frozenset(
    {
        ("labels",),
        ("badges",),
        ("lint",),
        ("digest",),
        ("escalation",),
        ("report",),
    }
)
"""Keys of the contract that this version doesn't have."""

INCLUDE = ("**/postmortems/**", "**/post-mortems/**")
"""Where postmortems usually lie. `**` at the end of a pattern means every Markdown and YAML file below."""

_LIMITS = Limits()


def _key(default: Any, meaning: str, example: object = None, **more: Any) -> Any:
    """A key with a value; no `example`: its default is one."""
    return Field(default, description=meaning, examples=[default if example is None else example], **more)


def _words(meaning: str, *example: str) -> Any:
    return _key((), meaning, list(example))


def _without_default(schema: dict[str, Any]) -> None:
    """What stands for "nothing" is no value that a file could have."""
    del schema["default"]


def _section(model: type[BaseModel]) -> Any:
    return Field(default_factory=model, description=" ".join((model.__doc__ or "").split()))


class Section(BaseModel):
    """A mapping with fixed keys; any other key is a fault."""

    # An input may be a secret that stands in the wrong place: no message of pydantic's repeats one.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Published(Section):
    """Words of status lines that decide publication, added to the built-in ones. Only published postmortems are
    synced."""

    published: Words = _words("The document is published.", "Signed off")
    not_yet: Words = _words("The document is not published yet.", "Waiting for review")
    incident: Words = _words("About the incident: says nothing about publication.", "Under control")


class Documents(Section):
    """Which files are postmortems, and which of them are published."""

    include: SomeGlobs = _key(
        INCLUDE,
        "The files that are postmortems. `*` and `?` stay within a name, `**` is any number of folders, `{a,b}` "
        "either. A pattern that names a folder, or ends in `**`, means every Markdown and YAML file below.",
        ["docs/postmortems/**"],
    )
    exclude: Globs = _key((), "Files that are none, although `include` matches them.", ["**/postmortems/drafts/**"])
    repository: Project = _key(
        "",
        "The name of the documents' repository, part of every issue's key. By default its number on the tracker's "
        "host, else host and path of the git remote; with `kind: local` the tracker's project. Once issues were made "
        "it must stay as it is: under another name their items would be taken for new ones.",
        "acme/postmortems",
        json_schema_extra=_without_default,
    )
    since: Day = _key(
        "",
        "The day (YYYY-MM-DD) before which documents get no new issues: their rows are read, and links in them still "
        "count.",
        "2026-01-01",
        json_schema_extra=_without_default,
    )
    issue_column: Switch = _key(
        False,
        "Whether a table of action items that has no column for a status or an issue gets a column `Issue`. Its other "
        "rows stay as they are.",
        True,
    )
    published: Published = _section(Published)


class Tracker(Section):
    """Where issues live."""

    kind: Literal["local", "github", "gitlab"] = _key(
        "local", "The tracker: `github`, `gitlab`, or `local`, the embedded one, a database in `.tracksync/`.", "github"
    )
    base_url: Server = _key(
        "",
        "The server, where it is not github.com or gitlab.com: one of your own, or a ghe.com address. It must be "
        "confirmed outside this file, by `--host` or `TRACKSYNC_HOST`, unless the CI job runs on it.",
        "https://github.example.com",
    )
    project: Project = _key(
        "local", "The name of the project whose issues these are: part of every reference to one.", "acme/web"
    )
    routes: Routes = _key(
        (),
        "Where new issues are made, if not in `project`: the first entry counts whose conditions (`team`, `service`, "
        "`path`, `kind`) an item meets. An issue that was made stays where it is; keep a route as long as its project "
        "has issues.",
        [EXAMPLE, {"path": "postmortems/web/**", "kind": "detect", "project": "acme/web"}],
    )
    token: Secret = _key(
        None,
        "The environment variable that holds the tracker's token: `env/GITHUB_TOKEN`, `env/GITLAB_TOKEN` or "
        "`env/TRACKSYNC_…`; never the token itself. Without this key: `GITHUB_TOKEN` or `GITLAB_TOKEN`.",
        "env/GITHUB_TOKEN",
        json_schema_extra=_without_default,
    )
    app_id: Word = _key("", "The id, or client id, of a GitHub App to sign in as, instead of a token.", "123456")
    app_key: Secret = _key(
        None,
        "The environment variable that holds the App's private key (PEM).",
        "env/TRACKSYNC_APP_KEY",
        json_schema_extra=_without_default,
    )
    relist_hours: Number = _key(
        24, "After so many hours a run lists all issues again, instead of those that changed; 0: each run does."
    )
    trusted_authors: Words = _words(
        "Logins whose issues count as ours, beside our own and those of people who may write: one we ran as before.",
        "acme-bot",
    )
    formerly: Names = _key((), "Names that the project had before: links with them still count.", ["acme/old-web"])
    issue_type: Word = _key(
        "",
        "The type that new issues get: of the organisation's types or, on GitLab, `issue`, `incident` or `task`.",
        "Task",
    )
    due_field: Word = _key("Target date", "The organisation's issue field (date) for the due date, where there is one.")
    priority_field: Word = _key(
        "Priority", "The organisation's issue field (single select) for the priority, where there is one."
    )
    status_field: Word = _key("", "The organisation's issue field (single select) for the status.", "Status")
    confidential: Switch = _key(
        False,
        "Whether all new issues are confidential (GitLab). Without it those are whose documents fewer people see than "
        "the project.",
        True,
    )
    board: Number = _key(
        0,
        "The number of a board (Projects v2) of the organisation: its fields of the same names hold due date and "
        "priority where there are no issue fields, and tell a status. It costs a query for a hundred open issues.",
        7,
    )
    signals: tuple[Signal, ...] = _key(
        (),
        "What else tells a status. On GitHub `pull_requests`, an open one that will close the issue (In Progress), and "
        "`dependencies`, an open issue that blocks it (Blocked); on GitLab `merge_requests` in the same way, and "
        "`work_item_status` (Premium). They cost a query for a hundred issues in each run.",
        ["pull_requests", "dependencies"],
    )
    allow_more_public: Switch = _key(
        False,
        "Whether documents may go to a tracker that more people see than the documents. Without it no issue is made "
        "there, and no text, owner, due date or priority is brought there.",
        True,
    )
    allow_less_public: Switch = _key(
        False,
        "Whether values of a tracker may go into documents that more people see than the issues. Without it only "
        "statuses and links are written into them.",
        True,
    )


HOSTED_ONLY = tuple(name for name in Tracker.model_fields if name not in ("kind", "project", "routes"))
"""Keys that mean something to a hosted tracker only."""
ONLY = {
    "github": ("app_id", "app_key", "due_field", "priority_field", "status_field", "board"),
    "gitlab": ("confidential",),
}
"""Keys that mean something to one kind of hosted tracker only."""
TYPES = ("issue", "incident", "task")
"""What an issue can be on GitLab, of what has an owner and a due date."""


class Fields(Section):
    """Which side each field follows: `merge` (the side that moved), `document` or `tracker`."""

    title: FieldPolicy = _key(FieldPolicy.DOCUMENT, "The text of the item.")
    owner: FieldPolicy = _key(FieldPolicy.MERGE, "Who does it.")
    due: FieldPolicy = _key(FieldPolicy.MERGE, "When it is due.")
    priority: FieldPolicy = _key(FieldPolicy.MERGE, "How urgent it is.")
    status: FieldPolicy = _key(FieldPolicy.TRACKER, "How far it is.")


class StatusWords(Section):
    """Words for each status, added to the built-in ones. The first is the one that is written, all are read."""

    not_started: Words = _words("Nobody works on it.", "Not Started", "Backlog")
    in_progress: Words = _words("Somebody works on it.", "In Progress")
    blocked: Words = _words("It waits for something else.", "Blocked", "On hold")
    complete: Words = _words("It is done.", "Complete")
    wont_do: Words = _words("It was decided against.", "Won't Do")
    duplicate: Words = _words("Another item is the same.", "Duplicate")


class PriorityWords(Section):
    """Words for each priority, added to the built-in ones. The first is the one that is written, all are read."""

    P0: Words = _words("The most urgent.", "P0", "Urgent")
    P1: Words = _words("The next.", "P1")
    P2: Words = _words("The middle.", "P2")
    P3: Words = _words("Less urgent.", "P3")
    P4: Words = _words("The least urgent.", "P4", "Some day")


class HeaderWords(Section):
    """Names of table columns by what the column holds, added to the built-in ones."""

    action: Words = _words("What is to be done.", "Homework item")
    owner: Words = _words("Who does it.", "Champion")
    due: Words = _words("When it is due.", "Promised for")
    status: Words = _words("How far it is.", "How far")
    priority: Words = _words("How urgent it is.", "Weight")
    link: Words = _words("The issue that tracks it.", "Work ticket")
    kind: Words = _words("Whether it prevents, detects, mitigates, or changes the process.", "Nature")


class DocumentWords(Section):
    """Words by which action items are found, added to the built-in ones in many languages; a word that meant something
    else takes the new meaning. `tracksync items --explain PATH` says why a table or list was or wasn't taken."""

    sections: Words = _words("Headings and labels over tables and lists of action items.", "Homework")
    not_sections: Words = _words("Headings and labels over something else.", "Parking lot")
    headers: HeaderWords = _section(HeaderWords)


class RunLimits(Section):
    """How much one run may do. Above a limit nothing at all is written; `--allow-creates N` and its siblings lift one
    for one run."""

    creates: Number = _key(_LIMITS.creates, "Issues that one run may make.")
    closes: Number = _key(_LIMITS.closes, "Issues that one run may close.")
    reopens: Number = _key(_LIMITS.reopens, "Issues that one run may reopen.")
    updates: Number = _key(_LIMITS.updates, "Issues that one run may change otherwise.")
    documents: Number = _key(_LIMITS.documents, "Documents that one run may change.")
    relative_percent: Percent = _key(
        _LIMITS.relative_percent, "The share of the tracked items, in percent, that may be closed, updated or gone."
    )
    relative_from: Number = _key(_LIMITS.relative_from, "The number of tracked items from which the share counts.")
    requests: Number = _key(
        0,
        "Requests that one run may send to the tracker; 0: any number. A run that has used them up stops, says what is "
        "left and when to go on. `kind: local` has no such budget.",
        800,
    )
    minutes: Number = _key(60, "Minutes that one run may take, waiting included; 0: any number. As `requests`.", 30)
    document_bytes: Bytes = _key(
        1024 * 1024, "The size in bytes up to which a document is read; a larger one is reported and left alone."
    )


class Configuration(Section):
    """The configuration of tracksync. All keys are optional."""

    documents: Documents = _section(Documents)
    tracker: Tracker = _section(Tracker)
    owners: Owners = Field(
        default_factory=dict,
        description="Who is who: a name as postmortems spell it (any case, with or without @; a handle, an e-mail "
        "address or several words), and what it means in the tracker: a login, or a team's label as `label:NAME`. "
        "`@logins` need no entry.",
        examples=[{"Alice Example": "alice", "payments-oncall": "label:payments"}, "owners.yml"],
    )
    fields: Fields = _section(Fields)
    status: StatusWords = _section(StatusWords)
    priority: PriorityWords = _section(PriorityWords)
    words: DocumentWords = _section(DocumentWords)
    limits: RunLimits = _section(RunLimits)
    policy: Policy = _key(
        Policy.FULL,
        "How far a run may go: `create-only` makes issues, `upsert` also updates both sides, `full` also closes and "
        "reopens.",
    )
    removed: Removed = _key(
        Removed.REPORT,
        "What becomes of the open issue of an item that was removed from its document: `report` says so in each run, "
        "`close` closes it as not planned, once the removal is committed and nothing that may be the item is left.",
        "close",
    )
    publish: Annotated[Literal["worktree"], BeforeValidator(later("worktree", "push", "pull_request"))] = _key(
        "worktree", "How documents are written back: `worktree` changes the files and leaves the commit to you."
    )
    cache: Switch = _key(
        True, "Whether what was read from the tracker is kept in `.tracksync/cache/`. It only saves reads."
    )


def keys(model: type[BaseModel] = Configuration, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every key that the configuration file may have, sections included."""
    for name, info in model.model_fields.items():
        yield (*above, name)
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from keys(info.annotation, (*above, name))
