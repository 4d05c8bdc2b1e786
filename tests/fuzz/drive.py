"""One target in the hands of atheris: `python -m tests.fuzz.drive TARGET [LIBFUZZER OPTIONS]`."""

import sys

import atheris

from tests.fuzz.mutate import mutated

with atheris.instrument_imports(include=["tracksync", "yaml", "markdown_it"]):
    from tests.fuzz.targets import TARGETS


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Every fourth time a change of libFuzzer's own, else up to three of ours."""
    if seed % 4 == 0:
        return bytes(atheris.Mutate(data, max_size))
    for step in range(1 + seed % 3):
        data = mutated(data, seed + step)
    return data[:max_size]


if __name__ == "__main__":
    name, *options = sys.argv[1:]
    atheris.Setup([name, *options], TARGETS[name].run, custom_mutator=mutate)
    atheris.Fuzz()
