"""The command line: train, read pictures, look at data, open the window, take the tour.

Results go to stdout, progress to stderr. Exit codes: 0 done, 1 failed with one
clear line, 2 wrong usage. Qt is imported only where a window or a picture is
asked for, so training needs no graphics at all.
"""

import argparse
import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from nnviz import __version__
from nnviz.display import needs_display, read_size
from nnviz.engine.recipe import RecipeError
from nnviz.errors import NnvizError
from nnviz.numbers import read_number
from nnviz.plain_text import one_line, speak_any_encoding

FAILED, WRONG_USAGE = 1, 2
COMMANDS = "train", "predict", "examples", "lesson", "data", "tour"


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the words after the program's name ask for; return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    speak_any_encoding()
    try:
        code = _run(words)
        if sys.stdout is not None:
            sys.stdout.flush()  # what cannot be written is to be found out here, not at exit
        return code
    except RecipeError as error:
        return _complain(error, WRONG_USAGE)
    except NnvizError as error:
        return _complain(error, FAILED)
    except BrokenPipeError:
        # Whoever read our output has gone; point stdout elsewhere so that exit stays silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("nnviz: interrupted", file=sys.stderr)
        return 130
    except OSError as error:
        if not _output_is_full(error):
            raise
        return _complain(NnvizError("The output could not be written: its disk is full."), FAILED)


def _output_is_full(error: OSError) -> bool:
    """Tell whether a failure is that of standard output; silence it if so."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT) or error.filename is not None:
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


def _complain(error: Exception, code: int) -> int:
    print(one_line(f"nnviz: {error}"), file=sys.stderr)
    return code


def _run(words: list[str]) -> int:
    # The window does without the commands' options, and what these import.
    if not words:
        return _open_window(None)
    if words[0] not in COMMANDS and not words[0].startswith("-"):
        if len(words) > 1:
            problem = f"'{words[0]}' is neither a command nor a single file to open"
            _Parser(prog="nnviz").error(problem)
        return _open_window(Path(words[0]))
    options = _parser(words[0]).parse_args(words)
    match options.command:
        case "train":
            from nnviz.training import train

            return train(options)
        case "predict":
            from nnviz.predicting import predict

            return predict(options)
        case "examples":
            return _list_examples()
        case "lesson":
            from nnviz.lesson_command import lesson

            return lesson(options)
        case "data":
            from nnviz.data_command import data

            return data(options)
        case "tour":
            return _tour(options)
        case _:
            return _open_window(None, options.example)


def _parser(first: str = "") -> _Parser:
    """Return what reads the words: with a command as the first of them, its options alone."""
    wanted = {first} if first in COMMANDS else {*COMMANDS}
    parser = _Parser(
        prog="nnviz",
        usage=f"nnviz [FILE]\n       nnviz --example ID\n       nnviz {{{','.join(COMMANDS)}}} ...",
        description="Watch a neural network learn. Without a command the window opens, on FILE "
        "if one is given: a session, a saved network, an example or a lesson (.toml), a table "
        "(.csv, .tsv), a picture for the drawing pad, a folder of pictures or of IDX files, or a "
        "course: a folder of lessons, or a zip of one.",
    )
    parser.add_argument(
        "--example", metavar="ID", help="open the window with a textbook example (nnviz examples)"
    )
    parser.add_argument("--version", action="version", version=f"nnviz {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="nnviz"
    )
    train = commands.add_parser(
        "train",
        help="train without a window",
        description="Train a network and report after every epoch: cost, and the accuracy where "
        "examples have classes; where targets are numbers the root mean squared error (RMSE) in "
        "the unit of the file, and R².",
    )
    if "train" in wanted:
        from nnviz.training import add_options

        add_options(train)
    predict = commands.add_parser(
        "predict",
        help="answer pictures and rows of tables with a saved network",
        description="Print what a saved network makes of each picture and of each row of a "
        "table: the name of its class, or numbers in the unit of the file it was trained on.",
    )
    if "predict" in wanted:
        from nnviz.predicting import add_options as add_predict_options

        add_predict_options(predict)
    commands.add_parser(
        "examples",
        help="list the textbook examples",
        description="List the worked examples of textbooks: what each is called, and what there "
        "is to see. 'nnviz --example ID' opens one, 'nnviz train --example ID' trains it.",
    )
    lesson = commands.add_parser(
        "lesson",
        help="list the lessons of the course, or check one's own",
        description="Look at the lessons of the course, and check lessons of one's own.",
    )
    if "lesson" in wanted:
        from nnviz.lesson_command import add_options as add_lesson_options

        add_lesson_options(lesson)
    data = commands.add_parser(
        "data",
        help="list, fetch or check data sets",
        description="Look at data sets and fetch published ones.",
    )
    if "data" in wanted:
        from nnviz.data_command import add_options as add_data_options

        add_data_options(data)
    tour = commands.add_parser(
        "tour",
        help="let the window drive itself and write pictures",
        description="Drive the real window through training, stepping, surface and pad, and "
        "write a picture of the window and of every view.",
    )
    tour.add_argument("out", metavar="OUT", help="the folder for the pictures")
    tour.add_argument(
        "--data", default="digits", metavar="NAME-OR-FOLDER", help="what to train on (%(default)s)"
    )
    tour.add_argument(
        "--size",
        action="append",
        metavar="WIDTHxHEIGHT",
        help="window size; may be given several times (1280x720 and 1920x1080)",
    )
    tour.add_argument(
        "--theme",
        choices=("dark", "light", "beamer", "both"),
        default="both",
        help="colours; both are dark and light (%(default)s)",
    )
    tour.add_argument(
        "--scale",
        type=_scale,
        default=1.0,
        metavar="FACTOR",
        help="size of all letters, from 1 to 2.5 (%(default)s)",
    )
    tour.add_argument(
        "--only",
        nargs="+",
        default=(),
        metavar="VIEW",
        help="train a little and photograph these views alone, the 'window' or the 'projector'",
    )
    assert tuple(commands.choices) == COMMANDS
    return parser


def _list_examples() -> int:
    from nnviz.lessons import EXAMPLES

    width = max(map(len, EXAMPLES))
    titles = max(len(example.title) for example in EXAMPLES.values())
    for id, example in EXAMPLES.items():
        print(f"{id:<{width}}  {example.title:<{titles}}  {example.sentence}")
    return 0


def _open_window(file: Path | None, example: str | None = None) -> int:
    found = _what_to_open(file) if file is not None else None
    if example is not None:  # what is wrong with it is better told before a window is there
        from nnviz.lessons import load_example

        load_example(example)
    needs_display()
    # What is imported and built now comes to stay: to look through it for garbage again and again
    # would take a tenth of the start. Once the window is there it searches by itself.
    gc.disable()
    try:
        from nnviz.app import run

        return run(found, example)
    finally:
        gc.enable()


def _what_to_open(file: Path) -> Path:
    """Return what a name on the command line stands for: a file, or the folder of its data set.

    Raises:
        NnvizError: there is no such file, or it is none that nnviz knows.
    """
    from nnviz.data.disk import there

    if not there(file):
        raise NnvizError(
            f"'{file}' is neither a command nor a file: see nnviz --help, or check the name."
        )
    if file.is_dir():
        return file.resolve()
    from nnviz.data.local import ENDINGS
    from nnviz.data.naming import EXAMPLE_ENDING

    if file.suffix.casefold() in (".nnviz", ".npz", ".zip", EXAMPLE_ENDING, *ENDINGS):
        return file.resolve()
    from nnviz.files.models import is_model
    from nnviz.files.sessions import is_session

    if is_model(file) or is_session(file):  # whatever name they were given
        return file.resolve()
    from nnviz.data.picture_kinds import is_picture

    if is_picture(file):
        return file.resolve()
    from nnviz.data.idx import read_head

    read_head(file)  # says in a sentence what is wrong with it
    return file.resolve().parent


def _tour(options: argparse.Namespace) -> int:
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
