"""The command `nnviz examples`: list the textbook examples."""

import argparse

from nnviz.lessons import EXAMPLES


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: it has no options."""


def run(_options: argparse.Namespace) -> int:
    """Print a line for each; return the exit code."""
    width = max(map(len, EXAMPLES))
    titles = max(len(example.title) for example in EXAMPLES.values())
    for id, example in EXAMPLES.items():
        print(f"{id:<{width}}  {example.title:<{titles}}  {example.sentence}")
    return 0
