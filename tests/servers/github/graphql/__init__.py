"""The part of GitHub's GraphQL interface that reads issues: a parser, a schema, checks before and resolvers after."""
