"""The part of GitLab's GraphQL interface that reads and changes work items."""
