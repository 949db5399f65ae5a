"""Output of any encoding: every subcommand speaks, nothing raises, JSON stays JSON."""

import argparse
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from nnviz import cli
from nnviz.cli import main
from nnviz.engine import Network, Recipe
from nnviz.files import save_model
from nnviz.plain_text import HANDLER, speak_any_encoding
from nnviz.progress import ProgressBar

FULL = Path("/dev/full")
ENCODINGS = ("cp1252", "cp437", "ascii", "shift_jis_2004", "utf-8")


class Terminal(io.TextIOWrapper):
    """A stream of some encoding, as strict as Python makes them, that may look like a screen."""

    def __init__(self, encoding, screen=False):
        super().__init__(io.BytesIO(), encoding=encoding, errors="strict")
        self.screen = screen

    def isatty(self):
        return self.screen

    @property
    def text(self):
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)


@pytest.fixture(params=ENCODINGS)
def listen(request, monkeypatch):
    """Call it in the test: pytest puts streams of its own in place between fixture and test."""

    def begin():
        out, err = Terminal(request.param), Terminal(request.param, screen=True)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        return out, err

    return begin


def subcommands(parser, words=()):
    yield words
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from subcommands(below, (*words, name))


@pytest.mark.parametrize("words", [*subcommands(cli._parser())], ids=" ".join)
def test_every_help_is_written_in_any_encoding(listen, words):
    out, _ = listen()
    with pytest.raises(SystemExit) as stop:
        main([*words, "--help"])
    assert stop.value.code == 0
    assert out.text.startswith("usage: nnviz")


def test_training_tells_its_remarks_and_draws_its_bar_in_any_encoding(listen):
    out, err = listen()
    words = ["train", "--data", "xor", "--layers", "2,3,1", "--learning-rate", "100"]
    assert (
        main([*words, "--schedule", "step_decay", "--schedule-epochs", "1", "--epochs", "2"]) == 0
    )
    assert "epoch   2" in out.text
    assert ("η" if out.encoding in ("utf-8", "shift_jis_2004") else "eta") in out.text
    assert "epoch 2 of 2" in err.text


def test_complaints_are_one_line_in_any_encoding(listen):
    out, err = listen()
    assert main(["train", "--data", "日本 η"]) == 1
    assert main(["predict", "missing – η.npz", "x.png"]) == 1
    assert main(["data", "check", "nicht da: ½"]) == 1
    assert out.text == ""
    assert ["nnviz: " in line for line in err.text.strip().split("\n")] == [True] * 3
    with pytest.raises(SystemExit):
        main(["data", "fetch", "η"])


def test_json_stays_json_in_any_encoding(listen, tmp_path):
    out, _ = listen()
    assert main(["train", "--data", "and", "--layers", "2,1", "--epochs", "2", "--json"]) == 0
    picture, model = tmp_path / "日 η.png", tmp_path / "net.npz"
    Image.fromarray(np.pad(np.full((20, 4), 255, np.uint8), 12)).save(picture)
    save_model(model, Network(Recipe()))
    assert main(["predict", "--json", str(model), str(picture)]) == 0
    *epochs, answer = map(json.loads, out.text.splitlines())
    assert [row["epoch"] for row in epochs] == [1, 2]
    assert answer["image"] == str(picture)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", ("-m", "nnviz")),
        ("ascii", ("-c", "from nnviz.cli import main; main()")),
    ],
)
def test_a_process_of_its_own_speaks_that_encoding_too(encoding, words):
    done = subprocess.run(
        [sys.executable, *words, "train", "--help"],
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "learning" in done.stdout.decode(encoding)


def test_the_bar_is_drawn_with_what_there_is(listen):
    _, err = listen()
    speak_any_encoding()
    ProgressBar().show(0.5, "η")
    full, empty = ("█", "░") if err.encoding in ("utf-8", "cp437") else ("#", ".")
    space = "\u202f" if err.encoding == "utf-8" else " "
    assert f"{full * 15}{empty * 15}   50{space}%" in err.text


def test_without_a_console_nothing_is_said(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["data", "list"]) == 0
    assert main(["data", "check", "nowhere"]) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("halve η", "halve eta"),
        ("−3×10⁻⁵", "-3x10^-5"),
        ("10², ½, β₁", "10^2, 1/2, beta1"),
        ("Straße à Łódź", "Stra?e a ?odz"),
        ("\udc80 日", "? ?"),
    ],
)
def test_letters_that_are_missing_are_written_plainly(text, says):
    assert text.encode("ascii", HANDLER).decode("ascii") == says


@given(st.text(), st.sampled_from(ENCODINGS))
def test_no_text_at_all_raises(text, encoding):
    assert text.encode(encoding, HANDLER).decode(encoding) is not None
    kept = "".join(letter for letter in text if letter.isascii())
    assert kept.encode(encoding, HANDLER).decode(encoding) == kept


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
def test_output_that_cannot_be_written_is_one_line():
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "nnviz", "data", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("nnviz: The output could not be written")
    assert done.stderr.count(b"\n") == 1


def test_names_with_line_breaks_and_orders_to_the_terminal_stay_one_line(tmp_path, capsys):
    data, odd = tmp_path / "data", "b\x1b[31m\nc"
    for name in ("a", odd):
        (data / name).mkdir(parents=True)
        for place in range(6):
            grey = np.random.default_rng(place).integers(0, 256, (8, 8), np.uint8)
            Image.fromarray(grey).save(data / name / f"{place}\n.png")
    net = tmp_path / "n\x07.npz"
    assert main(["data", "check", str(data)]) == 0
    out = capsys.readouterr().out
    assert "b\\x1b[31m\\nc: " in out
    assert main(["train", "--data", str(data), "--epochs", "1", "--save", str(net)]) == 0
    capsys.readouterr()
    pictures = sorted((data / odd).iterdir())
    assert main(["predict", str(net), *map(str, pictures), str(tmp_path / "gone\n.png")]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == len(pictures)
    assert len(said.err.splitlines()) == 1
    assert main(["predict", str(tmp_path / "no\nnet.npz"), str(pictures[0])]) == 1
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert not any(letter in out + said.out + said.err + err for letter in "\x1b\x07")
