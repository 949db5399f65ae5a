"""The command `nnviz data`: list data sets, fetch published ones, check one's own."""

import argparse

from nnviz.data.catalogue import DATASETS, FETCHABLE, available, fetch_dataset, told_options
from nnviz.plain_text import one_line
from nnviz.training import add_table_options


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what `nnviz data` takes."""
    actions = parser.add_subparsers(
        dest="action", metavar="ACTION", title="actions", prog="nnviz data", required=True
    )
    actions.add_parser(
        "list",
        help="list every data set, whether it is there, and its parameters",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="List every data set, whether it is there, and the parameters of those that "
        "nnviz makes up.",
        epilog=told_options(),
    )
    fetch = actions.add_parser(
        "fetch",
        help="download a published data set",
        description="Download a published data set into the user's data folder. Every file's "
        "SHA-256 is checked (the only protection of Fashion-MNIST, which comes over plain http); "
        "what was interrupted goes on where it stopped.",
    )
    fetch.add_argument(
        "name", metavar="NAME", choices=FETCHABLE, help=f"one of {', '.join(FETCHABLE)}"
    )
    check = actions.add_parser("check", help="check a folder or a table before training on it")
    check.add_argument(
        "folder",
        metavar="FOLDER",
        help="IDX files, pictures in a folder a class, an archive (.npz), a table (.csv, .tsv), "
        "several of pictures joined by +, or a name with parameters, as spiral:noise=0.2",
    )
    add_table_options(check)


def run(options: argparse.Namespace) -> int:
    """Do what `nnviz data` was asked for; return the exit code."""
    if options.action == "check":
        from nnviz.data.check import check_folder

        for line in check_folder(options.folder, options.target, options.scale):
            print(one_line(line))
        return 0
    if options.action == "fetch":
        return _fetch(options.name)
    for row in available():
        state = "ready" if row.present else "missing"
        how = "" if row.present or row.name not in FETCHABLE else f" (nnviz data fetch {row.name})"
        print(f"{row.name:<13} {state:<8} {row.title:<23} {row.where}{how}")
        if takes := DATASETS[row.name].options:
            said = (f"{one.name}={one.write(one.default)}" for one in takes if one.typed)
            usual = ",".join(said)
            print(f"{'':<13} {row.name}:{usual}")
    return 0


def _fetch(name: str) -> int:
    from nnviz.progress import ProgressBar

    progress = ProgressBar()
    try:
        folder = fetch_dataset(name, progress.show)
    finally:
        progress.clear()
    print(
        f"{FETCHABLE[name].title} is in {folder}, every file with the published SHA-256: "
        f"nnviz train --data {name}"
    )
    return 0
