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
        "recommendation", "next step", "proposed action", "action required", "activity", "deliverable",
        "countermeasure",
    ),
    "owner": (
        "owner", "owners", "owner(s)", "assignee", "assignees", "assigned to", "assigned", "responsible", "who",
        "dri", "action owner", "team", "owner/team", "owner / team", "lead", "poc", "point of contact", "accountable",
        "responsible party", "responsible person", "person", "driver", "owning team",
    ),
    "due": (
        "due", "due date", "deadline", "due by", "target date", "target", "eta", "by when", "when due", "date due",
        "due on", "completion date", "timeline", "when", "target completion", "expected completion", "complete by",
    ),
    "status": ("status", "state", "progress", "current status", "done", "done?", "complete?"),
    "priority": ("priority", "prio", "urgency", "p"),
    "link": (
        "issue", "ticket", "tracker", "tracking", "tracking issue", "tracking bug", "link", "issue link",
        "ticket link", "jira", "bug", "bug id", "github issue", "gitlab issue", "issue/ticket", "reference", "ref",
        "ticket(s)", "jira ticket", "jira issue", "tracking ticket", "trello card", "card", "issue #", "pr",
        "ticket #", "linear",
    ),
    "kind": ("type", "kind", "category", "action type"),
    "index": ("#", "no", "no.", "nr", "id", "number", "№", "step"),
}
"""Column headers by what the column holds."""

FOREIGN_HEADERS: tuple[str, ...] = (
    "time", "timestamp", "date/time", "datetime", "time (utc)", "utc", "event", "metric", "measurement", "value",
    "baseline", "threshold", "before", "after", "risk", "likelihood", "probability", "order", "term", "definition",
    "meaning", "signature", "approval", "approver",
)
"""A table with one of these columns is a timeline, a measurement, a glossary, a procedure or a sign-off."""

RESULT_HEADERS: tuple[str, ...] = ("result", "results", "outcome", "effect")
"""A table of actions with one of these columns, and none that only action items have, is a log of what was done."""

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
    "action item", "action items", "action point", "action points", "action plan", "action register", "ai", "ais",
    "follow-up", "follow-ups", "follow up", "follow ups", "follow-up action", "follow-up actions", "follow-up items",
    "follow-up tasks", "follow-up work", "corrective action", "corrective actions", "corrective measures",
    "corrective and preventive actions", "corrective and preventative actions", "corrective & preventive actions",
    "preventive actions", "preventative actions", "preventive action", "planned actions", "planned action",
    "remediation items", "remediation actions", "remediation plan", "remediation tasks", "improvement actions",
    "improvement items", "improvement plan", "to do", "todo", "todos", "to dos", "to-do list", "todo list", "capa",
    "action list", "outstanding actions", "open actions", "proposed actions", "actions and owners",
)
"""Section headings whose tables and lists are action items; compared without numbering, emoji and what follows a colon.
A phrase of several words may also start or end the heading."""

SECTIONS_WEAK: tuple[str, ...] = (
    "actions", "next step", "next steps", "improvements", "tasks", "task list", "future work", "future improvements",
    "future actions", "planned improvements", "planned work", "preventive measures", "preventative measures",
    "prevention measures", "prevention plan", "recommended actions", "recommended follow-up", "remaining work",
    "short-term actions", "medium-term actions", "mid-term actions", "long-term actions", "short-term improvements",
    "medium-term improvements", "long-term improvements", "process improvements", "technical improvements",
    "proposed improvements", "commitments", "what we will do", "what are we doing", "how we will prevent this",
)
"""The same, unless the section stands in another one that says something else (Resolution, Mitigation)."""

SECTIONS_HINT: tuple[str, ...] = (
    "prevention", "remediation", "remediations", "recommendation", "recommendations", "measures", "immediate actions",
    "immediate", "short term", "long term", "long-term fix", "long term solution", "short term solution",
    "how to prevent", "countermeasures",
)
"""Headings under which a table or list counts only if it shows an owner, a date, a priority or a check box."""

NOT_SECTIONS: tuple[str, ...] = (
    "timeline", "time line", "chronology", "sequence of events", "event log", "log", "logs", "changelog", "history",
    "revision history", "impact", "customer impact", "business impact", "detection", "investigation", "diagnosis",
    "root cause", "root causes", "root cause analysis", "cause", "causes", "trigger", "triggers", "five whys", "5 whys",
    "contributing factor", "contributing factors", "background", "context", "summary", "executive summary", "overview",
    "lesson", "lessons", "lessons learned", "lessons learnt", "learnings", "what we learned", "what went well",
    "what went wrong", "what went poorly", "what went badly", "what worked", "what did not work", "what didn't work",
    "what went right", "what happened", "where we got lucky", "where did we get lucky", "what could be improved",
    "what could have gone better", "what to improve", "what needs improvement",
    "resolution", "mitigation", "recovery", "response", "incident response", "fix", "the fix", "workaround",
    "action taken", "actions taken", "steps taken", "measures taken", "completed actions", "actions completed",
    "immediate actions taken", "mitigation steps", "recovery steps", "resolution steps", "mitigation actions",
    "recovery actions", "response actions", "glossary", "definitions", "reference", "references", "links", "appendix",
    "appendices", "related", "related incidents", "related documents", "resources", "supporting information",
    "supporting data", "metrics", "key metrics", "statistics", "monitoring data", "checklist", "checklists",
    "review checklist", "readiness checklist", "readiness", "launch checklist", "production readiness", "procedure",
    "procedures", "standing procedures", "runbook", "runbooks", "playbook", "playbooks", "instructions", "how to use",
    "risk", "risks", "risk register", "risk assessment", "open risks", "responder", "responders", "participants",
    "attendees", "contacts", "escalation", "communication", "communications", "communication plan", "sign-off",
    "sign off", "signoff", "approval", "approvals", "reviewers", "notes", "notes to the owner", "discussion",
    "open questions", "questions", "faq", "evidence", "screenshots", "what not to do", "not doing", "non-goals",
    "rejected", "alternatives", "options", "options considered", "alternatives considered", "status", "metadata",
)
"""Headings of sections that hold other things; one word may also start or end the heading."""

TAKEN: tuple[str, ...] = (
    "taken", "completed", "complete", "done", "performed", "executed", "already done", "finished", "implemented",
    "applied", "realizadas", "tomadas", "executadas", "ejecutadas", "ya realizadas", "ja realizadas", "concluidas",
    "completadas", "realisees", "effectuees", "terminees", "menees", "durchgefuhrt", "ergriffen", "erledigt",
    "umgesetzt", "выполнено", "сделано", "完了", "完了済み", "実施済み", "対応済み",
    "완료", "已完成", "genomforda", "vidtagna",
)
"""What a heading says, behind its name, of a section whose actions were done in the incident."""

LABEL_WORDS: dict[str, tuple[str, ...]] = {
    "owner": (
        "owner", "owners", "assignee", "assignees", "assigned to", "assigned", "responsible", "dri", "owned by",
        "lead", "action owner", "team",
    ),
    "due": (
        "due", "due date", "due by", "due on", "deadline", "target date", "target", "eta", "by", "complete by",
        "completion date", "timeline",
    ),
    "priority": ("priority", "prio"),
    "status": ("status", "state"),
    "link": (
        "issue", "ticket", "tracking issue", "tracking ticket", "tracked in", "tracked by", "tracked as", "tracker",
        "jira", "github issue", "gitlab issue", "bug", "tracking",
    ),
}
"""What stands before a value in an item's text: `owner: @alice`, `due 2026-02-15`."""

BARE_LABELS: tuple[str, ...] = (
    "due", "due by", "due on", "by", "eta", "owner", "owned by", "assigned to", "tracked in", "tracked by",
    "tracked as", "deadline",
)
"""Those that need no colon before a value that is surely one."""

MENTIONS: tuple[str, ...] = (
    "in", "on", "at", "by", "to", "of", "with", "from", "for", "see", "per", "via", "like", "into", "and", "or", "as",
    "the", "a", "an", "is", "ask", "tell", "let", "ping", "thank", "help", "contact", "revert", "fix", "merge", "close",
    "e.g", "eg", "after", "before", "than", "about", "under", "using", "this", "that", "our", "de", "en", "con", "para",
)
"""Before a link or handle: then it is a part of the sentence."""

REMARKS: tuple[str, ...] = (
    "and", "as", "on", "in", "by", "via", "with", "at", "see", "during", "already", "today", "yesterday", "this", "per",
)
"""Behind a status word: then a remark on it follows, not the rest of a sentence."""

NOT_NAMES: tuple[str, ...] = (
    "api", "apis", "ui", "ux", "db", "dns", "aws", "gcp", "cdn", "cpu", "ram", "ci", "cd", "ci/cd", "sdk", "http",
    "tls", "ssl", "sql", "vpn", "url", "ids", "n/a", "na", "ok", "faq", "slo", "sla", "sli", "rfc", "ai", "ml", "iac",
    "k8s", "vm", "vms", "ip", "os", "short", "medium", "long", "short term", "medium term", "long term", "short-term",
    "medium-term", "long-term", "immediate", "immediately", "now", "later", "soon", "today", "other", "others", "misc",
    "general", "all", "both", "actions", "action", "notes", "note", "example", "examples", "optional",
    "required", "context", "details", "why", "how", "what", "goal", "goals", "result", "results", "impact", "summary",
    "backend", "frontend", "infrastructure", "infra", "database", "databases", "network", "security", "software",
    "hardware", "code", "tests", "tools", "tooling", "people", "culture", "communications", "alerts", "metrics",
    "dashboards", "runbooks", "reliability", "observability", "capacity", "architecture", "design", "technical",
    "operational", "operations", "internal", "external", "customer", "customers", "product", "engineering", "codebase",
    "release", "releases", "deploy", "deploys", "backups", "high", "low", "critical", "urgent", "important", "minor",
    "major", "phase", "quick wins", "wins", "follow-up", "follow-ups", "references", "links", "resources", "update",
    "updates", "fixes", "incident", "postmortem", "service", "services", "platform", "application", "client", "server",
    "prevention", "detection", "mitigation", "response", "process", "improvements", "tasks", "task", "warning",
)
"""Words that look like a name, or initials, and are none."""

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
    "no owner", "no due date", "no priority",
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

_LABELS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "date": ("date", "incident date", "date of incident"),
    "severity": ("severity", "sev", "severity level", "incident severity"),
    "status_raw": ("status", "state", "document status", "postmortem status"),
    "authors": ("author", "authors", "author(s)", "written by"),
    "services": (
        "service", "services", "affected service", "affected services", "services affected", "systems affected",
        "affected systems",
    ),
    "related": ("related", "related incident", "related incidents"),
    "factors": ("contributing factors", "factors", "root causes", "root cause"),
}
FIELDS: dict[str, str] = {label: name for name, labels in _LABELS.items() for label in labels}
"""Labels of document fields: bold or plain labels in Markdown, keys in YAML."""

_FIELD_SECTIONS: dict[str, tuple[str, ...]] = {
    "services": ("affected services", "services affected", "affected systems", "systems affected"),
    "related": ("related incidents", "related postmortems"),
    "factors": (
        "contributing factors", "contributing factor", "root causes", "root cause", "root cause analysis",
    ),
}
FIELD_SECTIONS: dict[str, str] = {name: field for field, names in _FIELD_SECTIONS.items() for name in names}
"""Section headings whose list is a document field."""
