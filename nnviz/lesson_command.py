"""The command `nnviz lesson`: list the lessons, and check files of one's own."""

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nnviz.plain_text import one_line

if TYPE_CHECKING:
    from nnviz.lessons.lesson import Heading
    from nnviz.lessons.problems import Known

FOUND, DONE = 1, 0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what `nnviz lesson` takes."""
    actions = parser.add_subparsers(
        dest="action", metavar="ACTION", title="actions", prog="nnviz lesson", required=True
    )
    listing = actions.add_parser(
        "list",
        help="list the lessons of the course",
        description="List the lessons of the course: what each is called, how long it takes, and "
        "what one can do afterwards.",
    )
    listing.add_argument(
        "--table",
        action="store_true",
        help="print how many words a scene has, how often something is predicted or done, and at "
        "which school grade the texts are read (Flesch–Kincaid)",
    )
    check = actions.add_parser(
        "check",
        help="check lesson files",
        description="Check lesson files: unknown keys, expressions, gestures and neurons, what a "
        "language lacks, and the rules that lessons keep. Each problem is one line, FILE:LINE: "
        "what is wrong and what to do. The exit code is 0 where nothing is wrong, else 1.",
    )
    check.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="lesson files, or ids of nnviz's own lessons; all of these where none is given",
    )


def lesson(options: argparse.Namespace) -> int:
    """Do what the options ask for; return the exit code.

    Raises:
        NnvizError: a file does not exist, or cannot be read.
    """
    if options.action == "check":
        return check(options.files)
    return _table() if options.table else _list()


def _list() -> int:
    from nnviz.lessons import LESSONS
    from nnviz.lessons.texts import in_language

    width = max(map(len, LESSONS))
    titles = max(len(in_language(heading.title)) for heading in LESSONS.values())
    for id, heading in LESSONS.items():
        title, aim = in_language(heading.title), in_language(heading.aim)
        print(f"{id:<{width}}  {title:<{titles}}  {heading.minutes:>2} min  {aim}")
    return DONE


def check(names: Sequence[str]) -> int:
    """Print what is wrong with lessons, one problem a line; return the exit code.

    Raises:
        NnvizError: a file does not exist, or cannot be read.
    """
    from nnviz.lessons import LESSONS
    from nnviz.lessons.catalogue import headings_in, lesson_file
    from nnviz.lessons.checks import check_file, check_needs

    files = [lesson_file(name) for name in names or LESSONS]
    lessons = {id: heading for file in files for id, heading in headings_in(file.parent).items()}
    known = _known({**LESSONS, **lessons})
    found = [problem for file in files for problem in check_file(file, known)]
    if not names:
        found += check_needs(LESSONS.values())
    for problem in found:
        print(one_line(str(problem)))
    return FOUND if found else DONE


def _known(lessons: "Mapping[str, Heading]") -> "Known":
    """Return what there is besides lessons: of the window as far as Qt can be imported."""
    from nnviz.lessons.problems import Known

    try:
        from nnviz.views import VIEWS
        from nnviz.window.commands import COMMANDS
        from nnviz.window.projector.pages import PAGES
    except ImportError:  # where no window can be opened, lessons are checked against less
        return Known(lessons=lessons)
    return Known(
        panels=frozenset(view.id for view in VIEWS),
        actions=frozenset(COMMANDS),
        pages=frozenset(page.id for page in PAGES),
        lessons=lessons,
    )


def _table() -> int:
    from nnviz.lessons import LESSONS, load_lesson
    from nnviz.lessons.course_table import table

    for line in table(map(load_lesson, LESSONS)):
        print(line)
    return DONE
