"""The part of GitHub's GraphQL interface that reads issues."""
