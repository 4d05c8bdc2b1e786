"""The words people use in postmortems, as plain literals: headers, sections, statuses, priorities, publication.

All in lower case. Where order matters, the first entry is the one that is preferred (headers) or written (statuses,
priorities).
"""

# fmt: off
HEADERS: dict[str, tuple[str, ...]] = {
    "action": (
        "action item", "action items", "action", "actions", "follow-up", "follow-ups", "follow-up action",
        "follow-up item", "corrective action", "preventive action", "remediation", "remediation item", "task",
        "tasks", "to do", "todo", "item", "work item", "description", "title", "what", "improvement", "measure",
        "recommendation", "next step",
    ),
    "owner": (
        "owner", "owners", "owner(s)", "assignee", "assignees", "assigned to", "assigned", "responsible", "who",
        "dri", "action owner", "team", "owner/team", "owner / team", "lead",
    ),
    "due": (
        "due", "due date", "deadline", "due by", "target date", "target", "eta", "by when", "when due", "date due",
        "due on", "completion date", "timeline",
    ),
    "status": ("status", "state", "progress", "current status", "done", "done?", "complete?"),
    "priority": ("priority", "prio", "urgency", "p"),
    "link": (
        "issue", "ticket", "tracker", "tracking", "tracking issue", "tracking bug", "link", "issue link",
        "ticket link", "jira", "bug", "bug id", "github issue", "gitlab issue", "issue/ticket", "reference", "ref",
    ),
    "kind": ("type", "kind", "category", "action type"),
    "index": ("#", "no", "no.", "nr", "id", "number", "№", "step"),
}
"""Column headers by what the column holds."""

FOREIGN_HEADERS: tuple[str, ...] = (
    "time", "timestamp", "date/time", "datetime", "time (utc)", "utc", "event", "metric", "measurement", "value",
    "baseline", "threshold", "before", "after", "term", "definition", "meaning", "signature", "approval", "approver",
)
"""A table with one of these columns is a timeline, a measurement, a glossary, a procedure or a sign-off."""

KEYS: dict[str, tuple[str, ...]] = {
    "action": ("item", "action", "task", "title", "description", "name"),
    "owner": ("owner", "owners", "assignee", "assignees"),
    "due": ("due", "due_date", "due-date", "duedate", "deadline"),
    "status": ("status", "state"),
    "priority": ("priority",),
    "link": ("issue", "ticket", "link"),
    "kind": ("type", "kind"),
}
"""YAML keys of an action item."""

LISTS: tuple[str, ...] = ("action_items", "action-items", "actionitems")
"""YAML keys of the list of action items."""

SECTIONS: tuple[str, ...] = (
    "action item", "action items", "actions", "action plan", "follow-up", "follow-ups", "follow up", "follow ups",
    "follow-up actions", "follow-up items", "follow-up tasks", "remediation", "remediation items", "remediations",
    "corrective actions", "corrective action", "corrective and preventive actions", "preventive actions",
    "preventative actions", "planned actions", "next steps", "improvements", "to do", "todo", "todos", "tasks",
)
"""Section headings whose tables are action items; compared without numbering, emoji and what follows a colon."""

KINDS: dict[str, tuple[str, ...]] = {
    "prevent": ("prevent", "prevention", "preventive", "preventative"),
    "detect": ("detect", "detection", "detective", "monitoring", "alerting"),
    "mitigate": ("mitigate", "mitigation", "mitigative", "repair", "fix", "corrective"),
    "process": ("process", "procedure", "documentation", "docs", "training"),
}

STATUSES: dict[str, tuple[str, ...]] = {
    "not_started": (
        "not started", "open", "to do", "todo", "new", "pending", "planned", "backlog", "queued", "not yet started",
        "not done", "proposed", "accepted", "scheduled", "unstarted", "reopened", "re-opened", "assigned", "ready",
    ),
    "in_progress": (
        "in progress", "started", "ongoing", "wip", "work in progress", "doing", "active", "underway", "under way",
        "in review", "in development", "in flight", "partially done", "partially complete", "partial", "in work",
        "working",
    ),
    "blocked": ("blocked", "on hold", "waiting", "paused", "stalled", "stuck"),
    "complete": (
        "complete", "completed", "done", "closed", "finished", "fixed", "resolved", "implemented", "shipped",
        "deployed", "merged", "100%", "yes",
    ),
    "wont_do": (
        "won't do", "wont do", "wontdo", "will not do", "won't fix", "wont fix", "wontfix", "cancelled", "canceled",
        "rejected", "declined", "dropped", "abandoned", "not planned", "obsolete", "deprioritized", "deprioritised",
    ),
    "duplicate": ("duplicate", "dup", "dupe", "duplicated"),
}

STATUS_WRITTEN: dict[str, str] = {
    "not_started": "Not Started",
    "in_progress": "In Progress",
    "blocked": "Blocked",
    "complete": "Complete",
    "wont_do": "Won't Do",
    "duplicate": "Duplicate",
}

STATUS_MARKS: dict[str, tuple[str, ...]] = {
    "not_started": ("☐", "🔲", "⬜", "⏳", "📅", "🔴", "📝", "🆕", "[ ]", "⚪"),
    "in_progress": ("🔄", "🚧", "🟡", "🏗", "⚙", "🔃", "🟠", "🔵", "[~]", "[-]"),
    "blocked": ("⛔", "🛑", "⏸", "🚫"),
    "complete": ("✅", "☑", "✔", "🟢", "[x]", "[X]", "🎉", "✓"),
    "wont_do": ("❌", "✖", "🗑", "✗"),
    "duplicate": ("♊",),
}
"""What stands for a status without a word. The first of a status is written; check boxes have their own pairs."""

BOXES: tuple[tuple[str, str], ...] = (("[ ]", "[x]"), ("☐", "☑"))
"""Check boxes, unticked and ticked: the ticked one is written into a cell that holds the other."""

DOUBTS: tuple[str, ...] = (
    "partial", "partially", "partly", "mostly", "except", "almost", "not", "but", "pending", "half", "some",
    "remaining", "todo", "only", "awaiting", "waiting", "needs", "until",
)
"""A remark with one of these words may take back the status it follows."""

PRIORITIES: dict[str, tuple[str, ...]] = {
    "P0": ("critical", "highest", "urgent", "blocker"),
    "P1": ("high",),
    "P2": ("medium", "moderate", "normal", "med"),
    "P3": ("low", "minor"),
    "P4": ("lowest", "trivial"),
}

NOTHING: tuple[str, ...] = (
    "", "-", "--", "---", "–", "—", "n/a", "na", "none", "nil", "null", "~", "nobody", "unassigned",
)
"""Cells that say that there is nothing."""

PLACEHOLDERS: tuple[str, ...] = (
    "tbd", "tba", "tbc", "to be determined", "to be decided", "to be defined", "to be assigned", "?", "??", "???",
    "...", "…", "xxx", "yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy/mm/dd", "date", "@owner", "@name",
    "@username", "@user", "@handle", "@person", "@who", "@assignee", "@team", "owner", "name", "#issue", "#number",
    "#xxx", "#nnn", "px", "p?",
)
"""Cells of a template that nobody has filled in."""

PUBLISHED: tuple[str, ...] = (
    "final", "finalized", "finalised", "published", "complete", "completed", "approved", "closed", "done",
    "accepted", "signed off", "public", "final version",
)

NOT_YET: tuple[str, ...] = (
    "draft", "in review", "under review", "reviewed", "review", "in progress", "wip", "work in progress", "template",
    "pending review", "awaiting review", "ready for review", "proposed", "not started", "incomplete", "tbd", "todo",
)

INCIDENT: tuple[str, ...] = (
    "resolved", "mitigated", "monitoring", "ongoing", "open", "active", "investigating", "identified", "fixed",
    "stable", "recovered", "restored", "contained", "remediated", "incident resolved", "fully resolved",
)
"""These describe the incident and say nothing about publication."""

FIELDS: dict[str, str] = {
    "title": "title",
    "date": "date",
    "incident date": "date",
    "date of incident": "date",
    "severity": "severity",
    "sev": "severity",
    "severity level": "severity",
    "incident severity": "severity",
    "status": "status_raw",
    "state": "status_raw",
    "document status": "status_raw",
    "postmortem status": "status_raw",
    "author": "authors",
    "authors": "authors",
    "author(s)": "authors",
    "written by": "authors",
    "service": "services",
    "services": "services",
    "affected service": "services",
    "affected services": "services",
    "services affected": "services",
    "systems affected": "services",
    "affected systems": "services",
    "related": "related",
    "related incident": "related",
    "related incidents": "related",
    "contributing factors": "factors",
    "factors": "factors",
    "root causes": "factors",
    "root cause": "factors",
}
"""Labels of document fields: bold or plain labels in Markdown, keys in YAML."""

FIELD_SECTIONS: dict[str, str] = {
    "affected services": "services",
    "services affected": "services",
    "affected systems": "services",
    "systems affected": "services",
    "related incidents": "related",
    "related postmortems": "related",
    "contributing factors": "factors",
    "contributing factor": "factors",
    "root causes": "factors",
    "root cause": "factors",
    "root cause analysis": "factors",
}
"""Section headings whose list is a document field."""
