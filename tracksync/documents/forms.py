"""The forms in which action items are read. Another form is one more module and one more entry."""

from collections.abc import Mapping

from tracksync.documents import pipe_table, yaml_form
from tracksync.documents.found import Form

FORMATS: Mapping[str, Form] = {"table": pipe_table, "yaml": yaml_form}
