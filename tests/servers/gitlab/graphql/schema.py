"""The types that the fake knows: a slice of GitLab's schema."""

from functools import cache

from tests.servers.graphql.schema import Schema

PAGE_SIZE = 100
STATUS_SINCE = (18, 2)
TEXT = """
Query
  currentUser: CurrentUser
  metadata: Metadata
  project(fullPath!): Project
  namespace(fullPath!): Namespace
  workItem(id!): WorkItem
Mutation
  workItemUpdate(input!): WorkItemUpdatePayload
Metadata
  version revision enterprise
CurrentUser
  id username name state bot webUrl
UserCore
  id username name state bot webUrl
Namespace
  id name fullPath
  statuses: WorkItemStatusConnection
Project
  id name fullPath webUrl visibility archived
  namespace: Namespace
  workItemTypes(name): WorkItemTypeConnection
  workItems(iid, iids, state, labelName, updatedAfter, sort): WorkItemConnection
WorkItemType
  id name
  widgetDefinitions: WorkItemWidgetDefinition
WorkItemWidgetDefinition
  type
WorkItemWidgetDefinitionAssignees is WorkItemWidgetDefinition
  allowsMultipleAssignees canInviteMembers
WorkItem
  id iid title description state createdAt updatedAt closedAt webUrl confidential
  reference(full)
  movedToWorkItemUrl duplicatedToWorkItemUrl
  author: UserCore
  project: Project
  namespace: Namespace
  workItemType: WorkItemType
  widgets(onlyTypes): WorkItemWidget
WorkItemWidget
  type
WorkItemWidgetAssignees is WorkItemWidget
  allowsMultipleAssignees
  assignees: UserCoreConnection
WorkItemWidgetLabels is WorkItemWidget
  allowsScopedLabels
  labels: LabelConnection
WorkItemWidgetStartAndDueDate is WorkItemWidget
  startDate dueDate
WorkItemWidgetDescription is WorkItemWidget
  description lastEditedAt
  lastEditedBy: UserCore
WorkItemWidgetDevelopment is WorkItemWidget
  closingMergeRequests: WorkItemClosingMergeRequestConnection
WorkItemWidgetStatus is WorkItemWidget
  status: WorkItemStatus
WorkItemStatus
  id name category
Label
  id title color
WorkItemClosingMergeRequest
  fromMrDescription
  mergeRequest: MergeRequest
MergeRequest
  id iid title state draft webUrl mergedAt
WorkItemUpdatePayload
  errors clientMutationId
  workItem: WorkItem
PageInfo
  hasNextPage hasPreviousPage startCursor endCursor
"""
STATUSES = ("WorkItemWidgetStatus", "Namespace.statuses")
"""What a Community Edition and older versions lack."""


@cache
def schema(statuses: bool) -> Schema:
    return Schema(TEXT, lacking=() if statuses else STATUSES, page_size=PAGE_SIZE)
