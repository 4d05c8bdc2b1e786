"""What organisations define for their issues: typed fields, types, columns of boards."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One choice of a single-select field."""

    id: int
    name: str
    color: str = "gray"


@dataclass(eq=False)
class IssueField:
    """A typed field that an organisation puts on its issues: text, date, number, single_select, multi_select."""

    id: int
    name: str
    data_type: str
    options: tuple[Option, ...] = ()
    visibility: str = "organization_members_only"

    @property
    def node_id(self) -> str:
        return f"IF{''.join(word[0] for word in self.data_type.split('_')).upper()}_kgDO{self.id:06x}"


@dataclass(eq=False)
class IssueType:
    """Bug, Feature, Task: what an organisation calls its kinds of issue."""

    id: int
    name: str
    color: str = "gray"

    @property
    def node_id(self) -> str:
        return f"IT_kwDO{self.id:06x}"


@dataclass(eq=False)
class ProjectField:
    """A column of a project. The ids of options are short texts here, unlike those of issue fields."""

    id: int
    name: str
    data_type: str
    options: dict[str, str] = field(default_factory=dict)
    """Name by id."""

    @property
    def node_id(self) -> str:
        kind = {"single_select": "PVTSSF", "iteration": "PVTIF"}.get(self.data_type, "PVTF")
        return f"{kind}_lADO{self.id:06x}"
