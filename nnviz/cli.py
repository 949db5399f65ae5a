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
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from nnviz import __version__
from nnviz.dataclass import dataclass
from nnviz.display import needs_display
from nnviz.engine.recipe import RecipeError
from nnviz.errors import NnvizError
from nnviz.plain_text import one_line, speak_any_encoding

FAILED, WRONG_USAGE = 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the program.

    Attributes:
        module: its `add_options` says what may follow the command, its `run` does what was asked
            for and returns the exit code; it is imported only where the command is used.
        help: what it does, in a line.
        description: what it does, in full.
    """

    module: str
    help: str
    description: str


COMMANDS = {
    "train": Command(
        "nnviz.training",
        "train without a window",
        "Train a network and report after every epoch: cost, and the accuracy where "
        "examples have classes; where targets are numbers the root mean squared error (RMSE) in "
        "the unit of the file, and R².",
    ),
    "predict": Command(
        "nnviz.predicting",
        "answer pictures and rows of tables with a saved network",
        "Print what a saved network makes of each picture and of each row of a "
        "table: the name of its class, or numbers in the unit of the file it was trained on.",
    ),
    "examples": Command(
        "nnviz.examples_command",
        "list the textbook examples",
        "List the worked examples of textbooks: what each is called, and what there "
        "is to see. 'nnviz --example ID' opens one, 'nnviz train --example ID' trains it.",
    ),
    "lesson": Command(
        "nnviz.lesson_command",
        "list the lessons of the course, or check one's own",
        "Look at the lessons of the course, and check lessons of one's own.",
    ),
    "data": Command(
        "nnviz.data_command",
        "list, fetch or check data sets",
        "Look at data sets and fetch published ones.",
    ),
    "tour": Command(
        "nnviz.tour_command",
        "let the window drive itself and write pictures",
        "Drive the real window through training, stepping, surface and pad, and "
        "write a picture of the window and of every view.",
    ),
}


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
    if options.command is None:
        return _open_window(None, options.example)
    code: int = import_module(COMMANDS[options.command].module).run(options)
    return code


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
    for name, command in COMMANDS.items():
        options = commands.add_parser(name, help=command.help, description=command.description)
        if name in wanted:
            import_module(command.module).add_options(options)
    return parser


def _open_window(file: Path | None, example: str | None = None) -> int:
    found = None
    if file is not None:
        from nnviz.file_to_open import file_to_open

        found = file_to_open(file)
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
