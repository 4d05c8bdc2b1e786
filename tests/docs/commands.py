"""The reference of the commands, out of what `--help` prints: the same words, in tables."""

from collections.abc import Iterator

import click

from tracksync.cli.commands import COMMANDS, global_options, tracksync


def commands() -> dict[str, click.Command]:
    """Every command that can be run, by its words."""
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = tracksync.get_command(click.Context(tracksync), name)
        assert command is not None
        found |= (
            {f"{name} {child}": one for child, one in command.commands.items()}
            if isinstance(command, click.Group)
            else {name: command}
        )
    return found


def reference() -> Iterator[str]:
    """The lines of the made part of docs/commands.md."""
    everywhere = {option for parameter in global_options() for option in parameter.opts}
    for name, command in commands().items():
        arguments = [one.metavar or "" for one in command.params if isinstance(one, click.Argument)]
        options = [one for one in command.params if isinstance(one, click.Option) and not everywhere & set(one.opts)]
        yield from ("", f"### tracksync {name}", "")
        yield from (
            "```text",
            " ".join(["tracksync", name, *(["[OPTIONS]"] if options else []), *arguments]),
            "```",
            "",
        )
        yield " ".join(" ".join(text.split()) for text in (command.help, command.epilog) if text)
        if options:
            yield from ("", *table(options))


def table(options: list[click.Option]) -> Iterator[str]:
    """Options with their values, meaning and default."""
    yield from ("| option | meaning |", "|---|---|")
    for option in options:
        default = f" Default: `{option.default}`." if option.show_default else ""
        names = ", ".join(option.opts)
        yield f"| `{names}{_value(option)}` | {option.help}{default} |"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return " " + "\\|".join(str(choice) or '""' for choice in option.type.choices)
    return f" {option.metavar}"


def everywhere() -> Iterator[str]:
    """The lines of the options that all commands have."""
    yield from ("", *table([one for one in global_options() if isinstance(one, click.Option)]))
