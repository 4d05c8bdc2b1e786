"""The types that the fake knows: a slice of GitHub's schema."""

from functools import cache

from tests.servers.graphql.schema import Schema

TEXT = """
Query
  viewer: User
  rateLimit(dryRun): RateLimit
  repository(owner!, name!, followRenames): Repository
  node(id!): Node
  nodes(ids!): Node
RateLimit
  cost limit remaining resetAt used nodeCount
Node
  id
Actor
  login url avatarUrl resourcePath
Assignee
RequestedReviewer
User is Node Actor Assignee RepositoryOwner
  databaseId name email
Bot is Node Actor Assignee
  databaseId
Organization is Node Actor RepositoryOwner
  databaseId name
RepositoryOwner
  id login url
Repository is Node
  databaseId name nameWithOwner url visibility isPrivate isArchived hasIssuesEnabled viewerPermission
  owner: RepositoryOwner
  defaultBranchRef: Ref
  issue(number!): Issue
  issueOrPullRequest(number!): IssueOrPullRequest
  pullRequest(number!): PullRequest
  issues(states, labels, orderBy, filterBy): IssueConnection
  labels(query, orderBy): LabelConnection
  label(name!): Label
  assignableUsers(query): UserConnection
  issueFields: IssueFieldsConnection
Ref is Node
  name
Label is Node
  name color description url
Milestone is Node
  number title url
IssueType is Node
  name color description isEnabled
IssueOrPullRequest
Authored
  title body url createdAt updatedAt closedAt lastEditedAt number databaseId fullDatabaseId state locked
  activeLockReason authorAssociation viewerCanUpdate includesCreatedEdit
  author: Actor
  editor: Actor
  repository: Repository
  milestone: Milestone
  labels(orderBy): LabelConnection
  assignees: UserConnection
  timelineItems(since, itemTypes, skip): IssueTimelineItemsConnection
  userContentEdits: UserContentEditConnection
  projectItems(includeArchived): ProjectV2ItemConnection
  comments(orderBy): IssueCommentConnection
Issue is Node Authored IssueOrPullRequest
  stateReason(enableDuplicate)
  viewerCanSetFields
  issueType: IssueType
  duplicateOf: IssueOrPullRequest
  closedByPullRequestsReferences(includeClosedPrs, orderBy, userLinkedOnly): PullRequestConnection
  blockedBy(orderBy): IssueConnection
  blocking(orderBy): IssueConnection
  issueFieldValues: IssueFieldValueConnection
PullRequest is Node Authored IssueOrPullRequest
  isDraft merged mergedAt
IssueComment is Node IssueTimelineItems
  body createdAt updatedAt url databaseId
  author: Actor
UserContentEdit is Node
  createdAt editedAt updatedAt deletedAt diff
  editor: Actor
IssueTimelineItems
Event is Node
  createdAt
  actor: Actor
RenamedTitleEvent is Event IssueTimelineItems
  previousTitle currentTitle
LabeledEvent is Event IssueTimelineItems
  label: Label
UnlabeledEvent is Event IssueTimelineItems
  label: Label
AssignedEvent is Event IssueTimelineItems
  assignee: Assignee
UnassignedEvent is Event IssueTimelineItems
  assignee: Assignee
ClosedEvent is Event IssueTimelineItems
  stateReason(enableDuplicate)
ReopenedEvent is Event IssueTimelineItems
  stateReason
LockedEvent is Event IssueTimelineItems
  lockReason
TransferredEvent is Event IssueTimelineItems
MarkedAsDuplicateEvent is Event IssueTimelineItems
MilestonedEvent is Event IssueTimelineItems
  milestoneTitle
DemilestonedEvent is Event IssueTimelineItems
  milestoneTitle
IssueTypeAddedEvent is Event IssueTimelineItems
IssueTypeChangedEvent is Event IssueTimelineItems
IssueTypeRemovedEvent is Event IssueTimelineItems
IssueFieldAddedEvent is Event IssueTimelineItems
IssueFieldChangedEvent is Event IssueTimelineItems
IssueFieldRemovedEvent is Event IssueTimelineItems
IssueFieldCommon
  name dataType
IssueFields
IssueFieldText is Node IssueFieldCommon IssueFields
  databaseId
IssueFieldDate is Node IssueFieldCommon IssueFields
  databaseId
IssueFieldNumber is Node IssueFieldCommon IssueFields
  databaseId
IssueFieldSingleSelect is Node IssueFieldCommon IssueFields
  databaseId
  options: IssueFieldSingleSelectOption
IssueFieldMultiSelect is Node IssueFieldCommon IssueFields
  databaseId
  options: IssueFieldSingleSelectOption
IssueFieldSingleSelectOption is Node
  name color databaseId
IssueFieldValue
IssueFieldValueCommon
  field: IssueFields
IssueFieldTextValue is Node IssueFieldValue IssueFieldValueCommon
  value
IssueFieldDateValue is Node IssueFieldValue IssueFieldValueCommon
  value
IssueFieldNumberValue is Node IssueFieldValue IssueFieldValueCommon
  value
IssueFieldSingleSelectValue is Node IssueFieldValue IssueFieldValueCommon
  name value color optionId
IssueFieldMultiSelectValue is Node IssueFieldValue IssueFieldValueCommon
  options: IssueFieldSingleSelectOption
ProjectV2 is Node
  number title databaseId
ProjectV2Item is Node
  databaseId fullDatabaseId type isArchived createdAt updatedAt
  project: ProjectV2
  content: ProjectV2ItemContent
  fieldValues(orderBy): ProjectV2ItemFieldValueConnection
  fieldValueByName(name!): ProjectV2ItemFieldValue
ProjectV2ItemContent
ProjectV2FieldConfiguration
ProjectV2FieldCommon
  id name dataType databaseId
ProjectV2Field is Node ProjectV2FieldCommon ProjectV2FieldConfiguration
ProjectV2SingleSelectField is Node ProjectV2FieldCommon ProjectV2FieldConfiguration
ProjectV2ItemFieldValue
ProjectV2ItemFieldValueCommon
  field: ProjectV2FieldConfiguration
ProjectV2ItemFieldTextValue is Node ProjectV2ItemFieldValue ProjectV2ItemFieldValueCommon
  text
ProjectV2ItemFieldDateValue is Node ProjectV2ItemFieldValue ProjectV2ItemFieldValueCommon
  date
ProjectV2ItemFieldNumberValue is Node ProjectV2ItemFieldValue ProjectV2ItemFieldValueCommon
  number
ProjectV2ItemFieldSingleSelectValue is Node ProjectV2ItemFieldValue ProjectV2ItemFieldValueCommon
  name optionId
PageInfo
  hasNextPage hasPreviousPage startCursor endCursor
"""
MORE = {"Issue": ("ProjectV2ItemContent",), "PullRequest": ("ProjectV2ItemContent",)}
CLOUD_ONLY = {
    "Issue.issueFieldValues",
    "Issue.viewerCanSetFields",
    "Issue.issueType",
    "Issue.blockedBy",
    "Issue.blocking",
    "Repository.issueFields",
}
"""Fields that Enterprise Servers up to 3.18 lack."""


@cache
def schema(enterprise: bool = False) -> Schema:
    return Schema(TEXT, MORE, CLOUD_ONLY if enterprise else ())
