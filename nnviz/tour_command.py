"""The command `nnviz tour`: the window drives itself, and writes pictures."""

import argparse
from pathlib import Path

from nnviz.display import needs_display, read_size
from nnviz.errors import NnvizError
from nnviz.numbers import read_number


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the tour can be told."""
    parser.add_argument("out", metavar="OUT", help="the folder for the pictures")
    parser.add_argument(
        "--data", default="digits", metavar="NAME-OR-FOLDER", help="what to train on (%(default)s)"
    )
    parser.add_argument(
        "--size",
        action="append",
        metavar="WIDTHxHEIGHT",
        help="window size; may be given several times (1280x720 and 1920x1080)",
    )
    parser.add_argument(
        "--theme",
        choices=("dark", "light", "beamer", "both"),
        default="both",
        help="colours; both are dark and light (%(default)s)",
    )
    parser.add_argument(
        "--scale",
        type=_scale,
        default=1.0,
        metavar="FACTOR",
        help="size of all letters, from 1 to 2.5 (%(default)s)",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        default=(),
        metavar="VIEW",
        help="train a little and photograph these views alone, the 'window' or the 'projector'",
    )


def run(options: argparse.Namespace) -> int:
    """Take the tour; return the exit code."""
    sizes = [read_size(text) for text in options.size or ["1280x720", "1920x1080"]]
    themes = ["dark", "light"] if options.theme == "both" else [options.theme]
    needs_display()
    from nnviz.tour import tour

    return tour(Path(options.out), options.data, sizes, themes, options.scale, options.only)


def _scale(text: str) -> float:
    try:
        factor = read_number(text)
    except NnvizError:
        factor = 0.0
    if not 1 <= factor <= 2.5:
        raise argparse.ArgumentTypeError(f"'{text}' is no factor from 1 to 2.5")
    return factor
