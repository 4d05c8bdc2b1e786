"""Who may do what: the level of an account in a repository, cut down to what its token may do."""

from tests.servers.github.entities import LEVELS, Account, Organization, Repository, Token


def level(account: Account, repository: Repository) -> str:
    """One of `LEVELS`, whatever the token."""
    found = ["none" if repository.private else "read", repository.collaborators.get(account, "none")]
    if repository.owner is account:
        found.append("admin")
    if isinstance(repository.owner, Organization):
        if account in repository.owner.owners:
            found.append("admin")
        elif account in repository.owner.members:
            found.append(repository.owner.base_permission)
    return max(found, key=LEVELS.index)


def at_least(found: str, wanted: str) -> bool:
    return LEVELS.index(found) >= LEVELS.index(wanted)


def assignable(account: Account, repository: Repository) -> bool:
    """People with push access; apps and organisations are never assigned."""
    return account.type == "User" and at_least(level(account, repository), "write")


def association(account: Account, repository: Repository) -> str:
    """What GitHub says of an author: membership comes from the account, not from a right to write."""
    owner = repository.owner
    if owner is account:
        return "OWNER"
    if isinstance(owner, Organization) and account in owner.members | owner.owners:
        return "MEMBER"
    if account in repository.collaborators:
        return "COLLABORATOR"
    return "CONTRIBUTOR" if account in repository.contributors else "NONE"


def reaches(token: Token | None, repository: Repository) -> bool:
    """Whether the token was given for this repository at all."""
    if token is None:
        return False
    if token.repositories is not None:
        return repository in token.repositories
    return token.installation is None or token.installation.account is repository.owner


def effective(token: Token | None, repository: Repository, area: str = "issues") -> str:
    """The level that a request with this token has in `area` (issues, contents …) of the repository."""
    floor = "none" if repository.private else "read"
    if token is None:
        return floor
    if token.kind == "classic":
        return level(token.account, repository) if scoped(token, repository) else floor
    if not reaches(token, repository):
        return floor
    granted = {"write": "write", "read": "read"}.get(token.permissions.get(area, ""), "none")
    if token.kind == "installation":
        return max(granted, floor, key=LEVELS.index)
    own = level(token.account, repository)
    return own if granted == "write" else max(min(own, granted, key=LEVELS.index), floor, key=LEVELS.index)


def scoped(token: Token, repository: Repository) -> bool:
    """Whether a classic token may do in this repository what its account may."""
    return "repo" in token.scopes or (not repository.private and "public_repo" in token.scopes)


def sees(token: Token | None, repository: Repository) -> bool:
    """Whether the repository exists at all for this token."""
    if not repository.private:
        return True
    if token is None:
        return False
    if token.kind == "classic":
        return "repo" in token.scopes and level(token.account, repository) != "none"
    return reaches(token, repository) and (token.kind == "installation" or level(token.account, repository) != "none")
