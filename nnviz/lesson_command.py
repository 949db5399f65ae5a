"""The command `nnviz lesson`: list lessons, check and rehearse them, count what was answered."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nnviz.display import read_size, some_display
from nnviz.plain_text import one_line

if TYPE_CHECKING:
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
        help="lesson files, folders or zips of them, or ids of nnviz's own lessons; all of these "
        "where none is given",
    )
    check.add_argument(
        "--language",
        action="append",
        default=[],
        metavar="CODE",
        help="name also each text that is not there in this language, as de; may be given again",
    )
    counts = actions.add_parser(
        "counts",
        help="count what was answered, question by question, over many answer files",
        description="Count the answers in files that were handed in: how many are right, and what "
        "was answered most. A file that is damaged is named and left out; the exit code is then 1.",
    )
    counts.add_argument("files", nargs="+", metavar="FILE", type=Path, help="answer files (.json)")
    answers = actions.add_parser(
        "answers",
        help="write what was answered in the window's lessons as a file to hand in",
        description="Write the answers that were given in the window's lessons, right or wrong, as "
        "one small file to hand in.",
    )
    answers.add_argument("file", metavar="FILE", type=Path, help="the file to write (.json)")
    answers.add_argument("--name", default="", help="whose answers they are")
    rehearse = actions.add_parser(
        "rehearse",
        help="play lessons to their end in the real window",
        description="Play lessons to their end in the real window, by mouse and keys, on a virtual "
        "display where there is none. Questions are answered by the engine. One line a lesson says "
        "what was wrong: texts that are cut off or too long, conditions that never come true, "
        "numbers that are not the expected ones. The exit code is 0 where nothing was, else 1.",
    )
    rehearse.add_argument(
        "names", nargs="*", metavar="ID|FILE", help="ids of lessons, or files; all without any"
    )
    rehearse.add_argument(
        "--size",
        default="1280x720",
        metavar="WxH",
        help="size of window or stage (%(default)s)",
    )
    rehearse.add_argument("--theme", default="dark", metavar="NAME", help="theme (%(default)s)")
    rehearse.add_argument(
        "--projector", action="store_true", help="show them on the projector's stage"
    )
    rehearse.add_argument(
        "--wrong", action="store_true", help="answer wrongly, to see what is said then"
    )
    rehearse.add_argument(
        "--pictures", type=Path, metavar="OUT", help="a folder for a picture of every scene"
    )


def run(options: argparse.Namespace) -> int:
    """Do what the options ask for; return the exit code.

    Raises:
        NnvizError: a file does not exist, or cannot be read.
    """
    if options.action == "check":
        return check(options.files, options.language)
    if options.action == "rehearse":
        return _rehearse(options)
    if options.action == "answers":
        return _answers(options.file, options.name)
    if options.action == "counts":
        return _counts(options.files)
    return _table() if options.table else _list()


def _rehearse(options: argparse.Namespace) -> int:
    size = read_size(options.size)
    some_display()
    from nnviz.rehearsal import rehearse

    return rehearse(
        options.names,
        size,
        options.theme,
        options.pictures,
        projector=options.projector,
        wrong=options.wrong,
    )


def _list() -> int:
    from nnviz.lessons import LESSONS
    from nnviz.lessons.texts import in_language

    width = max(map(len, LESSONS))
    titles = max(len(in_language(heading.title)) for heading in LESSONS.values())
    for id, heading in LESSONS.items():
        title, aim = in_language(heading.title), in_language(heading.aim)
        print(f"{id:<{width}}  {title:<{titles}}  {heading.minutes:>2} min  {aim}")
    return DONE


def check(names: Sequence[str], languages: Sequence[str] = ()) -> int:
    """Print what is wrong with lessons, one problem a line; return the exit code.

    Raises:
        NnvizError: a file does not exist, or cannot be read.
    """
    from nnviz.lessons import LESSONS
    from nnviz.lessons.catalogue import lesson_file, lessons_around
    from nnviz.lessons.checks import check_file
    from nnviz.lessons.course_folder import is_course, open_course

    courses = [open_course(Path(name)) for name in names if is_course(Path(name))]
    single = [name for name in names or LESSONS if not is_course(Path(name))]
    alone = (lesson_file(name) for name in single)
    files = [*alone, *(one.path for course in courses for one in course.lessons.values())]
    known = replace(_known(), lessons=lessons_around(*files), languages=tuple(languages))
    found = [problem for course in courses for problem in course.problems]
    found += [problem for file in files for problem in check_file(file, known)]
    for problem in found:
        print(one_line(str(problem)))
    return FOUND if found else DONE


def _answers(path: Path, name: str) -> int:
    from nnviz.numbers import count
    from nnviz.window.lesson.listing import answers_of
    from nnviz.window.settings import Settings

    book = answers_of(Settings())
    book.hand_in(path, name)
    print(f"{path} holds {count(len(list(book)), 'answer')}.")
    return DONE


def _counts(paths: Sequence[Path]) -> int:
    from nnviz.lessons.counts import count_files, lines_of

    counts = count_files(paths)
    for problem in counts.problems:
        print(one_line(problem), file=sys.stderr)
    for question in counts.questions:
        for line in lines_of(question):
            print(one_line(line))
    return FOUND if counts.problems else DONE


def _known() -> "Known":
    """Return what there is besides lessons: of the window as far as Qt can be imported."""
    try:
        from nnviz.window.lesson_names import known_names
    except ImportError:  # where no window can be opened, lessons are checked against less
        from nnviz.lessons.problems import Known

        return Known()
    return known_names()


def _table() -> int:
    from nnviz.lessons import LESSONS, load_lesson
    from nnviz.lessons.course_table import table

    for line in table(map(load_lesson, LESSONS)):
        print(line)
    return DONE
