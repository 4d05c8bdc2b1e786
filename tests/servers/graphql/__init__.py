"""GraphQL for the fakes: a parser, schemas, checks before and resolvers after."""
