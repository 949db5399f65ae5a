"""The command line: exit codes, one line where something is wrong, JSON one object a line."""

import json
import os
import subprocess
import sys

import pytest

from nnviz import __version__
from nnviz.cli import main
from nnviz.engine.recipe import settings
from nnviz.files import load_model


def run(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "nnviz", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
    )


def complaint(capsys):
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    assert "Traceback" not in captured.err
    return captured.err


def test_version_and_help(capsys):
    for words in (["--version"], ["--help"], ["train", "--help"], ["data", "--help"]):
        with pytest.raises(SystemExit) as stop:
            main(words)
        assert stop.value.code == 0
    out = capsys.readouterr().out
    assert f"nnviz {__version__}" in out
    for name in settings():
        option = "--data" if name == "dataset" else f"--{name.replace('_', '-')}"
        assert option in out


def test_training_prints_one_json_object_an_epoch(capsys):
    assert main(["train", "--data", "xor", "--epochs", "2", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["epoch"] for row in rows] == [1, 2]
    assert list(rows[0]) == [
        "epoch",
        "step",
        "train_cost",
        "test_cost",
        "train_accuracy",
        "test_accuracy",
        "minibatches_per_second",
    ]


def test_every_option_reaches_the_recipe(tmp_path, capsys):
    target = tmp_path / "net.npz"
    words = (
        "train --data xor --layers 2,5,4,1 --activation tanh,relu --output-activation sigmoid "
        "--cost cross_entropy --optimiser adam --beta1 0.8 --learning-rate 0.01 --batch-size 2 "
        "--epochs 2 --l2 0.1 --l1 0.2 --initialiser xavier --seed 9 --dtype float64 --train-size 3"
    )
    assert main([*words.split(), "--save", str(target)]) == 0
    recipe = load_model(target).recipe
    assert recipe.layers == (2, 5, 4, 1)
    assert recipe.activation == ("tanh", "relu")
    assert (recipe.cost, recipe.optimiser, recipe.beta1) == ("cross_entropy", "adam", 0.8)
    assert (recipe.learning_rate, recipe.batch_size, recipe.l2) == (0.01, 2, 0.1)
    assert (recipe.initialiser, recipe.seed, recipe.dtype) == ("xavier", 9, "float64")
    assert recipe.train_size == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("train --layers 784,0,10", "0 neurons"),
        ("train --layers 784", "at least an input"),
        ("train --layers abc", "whole numbers"),
        ("train --learning-rate nan", "finite"),
        ("train --learning-rate -1", "above 0"),
        ("train --learning-rate fast", "must be a number"),
        ("train --epochs 0", "whole number from 1"),
        ("train --epochs x", "whole number from 1"),
        ("train --cost nice", "no cost 'nice'"),
        ("train --data xor --layers 784,30,10", "has 2 inputs"),
        ("train --data xor --layers 2,3,4", "has 1 outputs"),
        ("train --activation step --data xor", "slope is zero"),
        ("tour out --size big", "1280x720"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(words, says, capsys):
    assert main(words.split()) == 2
    assert says in complaint(capsys)


@pytest.mark.parametrize(
    "words", ["train --colour blue", "paint", "data", "data paint", "a.npz b.npz", "--nonsense"]
)
def test_unknown_words_are_one_line_and_not_0(words, capsys):
    try:
        code = main(words.split())
    except SystemExit as stop:
        code = stop.code
    assert code in (1, 2)
    complaint(capsys)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("train --data no/such/folder", "no/such/folder"),
        ("train --data nothing", "nothing"),
        ("data check no/such/folder", "no/such/folder"),
        ("train --data xor --save no/such/folder/net.npz", "could not be saved"),
    ],
)
def test_what_fails_is_one_line_and_code_1(words, says, capsys):
    assert main([*words.split()]) == 1
    assert says in complaint(capsys)


def test_a_diverging_run_is_one_line_and_code_1(capsys):
    words = "train --data xor --learning-rate 1e5 --output-activation linear --epochs 50"
    assert main(words.split()) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "halve η" in captured.err
    assert "nan" not in captured.out
    assert "inf" not in captured.out


def test_the_data_list_names_every_set(capsys):
    assert main(["data", "list"]) == 0
    out = capsys.readouterr().out
    assert "digits" in out
    assert "mnist    missing" in out


def test_without_a_display_the_window_is_refused_in_one_line(tmp_path):
    bare = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    for words in ([], ["tour", str(tmp_path)]):
        result = run(*words, **bare)
        assert result.returncode == 1
        assert "There is no display" in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_display_that_does_not_answer_is_one_line_too():
    result = run(DISPLAY=":987", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert result.returncode == 1
    assert "The display :987 does not answer" in result.stderr
    assert result.stderr.count("\n") == 1


def test_training_imports_no_qt():
    code = (
        "import sys; from nnviz.cli import main; main(['train', '--data', 'xor', '--epochs', '1']);"
        "sys.exit(any('PySide6' in name or 'pyqtgraph' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_reader_that_goes_away_is_no_traceback():
    process = subprocess.Popen(
        [sys.executable, "-m", "nnviz", "train", "--data", "xor", "--epochs", "200000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(60) == 1
    assert process.stderr.read() == b""
    process.stderr.close()
