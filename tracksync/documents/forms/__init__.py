"""The forms in which action items are read. Another form is one more module and one more entry."""

from collections.abc import Mapping

from tracksync.documents.forms import heading_form, html_form, list_form, pipe_table, task_list, yaml_form
from tracksync.documents.found import Form

FORMATS: Mapping[str, Form] = {
    "table": pipe_table,
    "list": list_form,
    "tasklist": task_list,
    "heading": heading_form,
    "html": html_form,
    "yaml": yaml_form,
}
