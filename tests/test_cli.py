"""The command line: exit codes, one line where something is wrong, JSON one object a line."""

import gzip
import hashlib
import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnviz import __version__, cli, paths
from nnviz.cli import main
from nnviz.data import DATASETS, catalogue, load_dataset
from nnviz.data.published import PublishedFile, Release
from nnviz.engine.recipe import settings
from nnviz.engine.run.start import start_recipe
from nnviz.files import load_model
from nnviz.lessons import EXAMPLES, load_example, save_example
from tests.data.idx_files import put_mnist
from tests.data.mirror_server import mirrors
from tests.toys import TOYS


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
    for words in (
        ["--version"],
        ["--help"],
        ["train", "--help"],
        ["data", "--help"],
        ["data", "fetch", "--help"],
    ):
        with pytest.raises(SystemExit) as stop:
            main(words)
        assert stop.value.code == 0
    out = capsys.readouterr().out
    assert f"nnviz {__version__}" in out
    for name, setting in settings().items():
        option = "--data" if name == "dataset" else f"--{name.replace('_', '-')}"
        assert (option in out) == setting.typed


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


def table_of_numbers(folder):
    """A table whose last column is a count, which a net has to predict in its own unit."""
    draw = np.random.default_rng(4)
    rows = draw.random((60, 2)).round(3).tolist()
    lines = [f"{length},{weight},{1 + round(14 * (length + weight))}" for length, weight in rows]
    path = folder / "shells.csv"
    path.write_text("\n".join(["length,weight,rings", *lines, ""]))
    return path


def test_numbers_have_no_accuracy_but_an_error_in_the_unit_of_the_file(tmp_path, capsys):
    path, target = table_of_numbers(tmp_path), tmp_path / "net.npz"
    words = ["train", "--data", str(path), "--epochs", "20", "--save", str(target)]
    assert main([*words, "--json"]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["train_accuracy"] is last["test_accuracy"] is None
    dataset, network = load_dataset(str(path)), load_model(target).network
    (column,) = dataset.description.targets
    for part, x, y in (
        ("train", dataset.x_train, dataset.y_train),
        ("test", dataset.x_test, dataset.y_test),
    ):
        said = [column.to_file(value) for value in network.predict(x)[:, 0].astype(float)]
        true = [column.to_file(value) for value in y[:, 0].astype(float)]
        off = np.subtract(said, true)
        assert last[f"{part}_rmse"] == pytest.approx(np.sqrt(np.mean(off**2)), rel=1e-5)
        assert last[f"{part}_r2"] == pytest.approx(
            1 - (off**2).sum() / ((np.array(true) - np.mean(true)) ** 2).sum(), rel=1e-5
        )
    assert main(words) == 0
    out = capsys.readouterr().out
    assert f"test RMSE {last['test_rmse']:.4g}"[:-1] in out
    assert "%" not in out


def test_every_option_reaches_the_recipe(tmp_path, capsys):
    target = tmp_path / "net.npz"
    words = (
        "train --data xor --layers 2,5,4,1 --activation tanh,relu --output-activation sigmoid "
        "--cost cross_entropy --optimiser adam --beta1 0,8 --learning-rate 1/100 --batch-size 2 "
        "--epochs 2 --l2 1e-1 --l1 0.2 --initialiser xavier --seed 9 --dtype float64 --train-size 3"
    )
    assert main([*words.split(), "--save", str(target)]) == 0
    recipe = load_model(target).network.recipe
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
        ("train --learning-rate 1,000", "could mean 1.000 or 1000"),
        ("train --l2 1/0", "divides by 0"),
        ("train --batch-size 2,5", "whole number"),
        ("train --epochs 0", "whole number from 1"),
        ("train --epochs x", "whole number from 1"),
        ("train --cost nice", "no cost 'nice'"),
        ("train --data xor --layers 784,30,10", "has 2 inputs"),
        ("train --data xor --layers 2,3,4", "has 1 outputs"),
        ("train --activation step --data xor", "slope is zero"),
        ("train --cost perceptron --data and", "choose step outputs"),
        ("train --cost perceptron --output-activation step --layers 2,3,1", "no hidden layer"),
        ("tour out --size big", "1280x720"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(words, says, capsys):
    assert main(words.split()) == 2
    assert says in complaint(capsys)


@pytest.mark.parametrize(
    "words",
    [
        "train --colour blue",
        "paint",
        "data",
        "data paint",
        "data fetch",
        "data fetch digits",
        "a.npz b.npz",
        "--nonsense",
        "tour out --scale 9",
        "tour out --scale big",
        "tour out --only",
    ],
)
def test_unknown_words_are_one_line_and_not_0(words, capsys):
    try:
        code = main(words.split())
    except SystemExit as stop:
        code = stop.code
    assert code in (1, 2)
    complaint(capsys)


@pytest.mark.parametrize("options", ["", ":target=a"])
def test_a_network_never_takes_the_place_of_its_data(tmp_path, capsys, options):
    path = tmp_path / "t.csv"
    path.write_text("a,y\n" + "".join(f"{n},{n}.5\n" for n in range(30)))
    text = path.read_text()
    words = ["train", "--data", f"{path}{options}", "--epochs", "1", "--save", str(path)]
    assert main(words) == 1
    assert "t.csv is the data set itself" in complaint(capsys)
    assert path.read_text() == text


def test_an_empty_name_to_save_under_is_refused(capsys):
    assert main(["train", "--data", "xor", "--epochs", "1", "--save", ""]) == 2
    assert "name to save the network under is empty" in complaint(capsys)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("train --data no/such/folder", "no/such/folder"),
        ("train --data xor --target y", "its own rules say what is predicted"),
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


def test_the_data_list_names_every_set(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "data_folder", lambda: tmp_path)
    assert main(["data", "list"]) == 0
    out = capsys.readouterr().out
    assert "digits" in out
    assert "mnist         missing" in out
    assert "nnviz data fetch fashion-mnist" in out
    for name, table in DATASETS.items():
        if name in TOYS:
            line = next(line for line in out.splitlines() if line.startswith(f"{name} "))
            assert table.title in line
            assert line.split()[1] == "ready"


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Let "mnist" be four small files on a server of our own; the server and the user's folder."""
    put_mnist(tmp_path, "-idx{}-ubyte.gz", gzip.compress)
    content = {path.name: path.read_bytes() for path in sorted(tmp_path.glob("*.gz"))}
    files = tuple(
        PublishedFile(name, len(some), hashlib.sha256(some).hexdigest())
        for name, some in content.items()
    )
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "data"
    monkeypatch.setattr(paths, "data_folder", lambda: home)
    with mirrors(content) as stage:

        def use(*manners):
            addresses = tuple(stage.mirror(manner) for manner in manners)
            release = Release("MNIST", files, addresses)
            monkeypatch.setitem(catalogue.FETCHABLE, "mnist", release)

        stage.use = use
        yield stage, home / "mnist"


def test_fetching_says_where_it_is_and_draws_no_bar_into_a_file(published, capsys):
    stage, home = published
    stage.use("404", "good")
    assert main(["data", "fetch", "mnist"]) == 0
    captured = capsys.readouterr()
    assert str(home) in captured.out
    assert captured.err == ""
    assert main(["data", "check", str(home)]) == 0
    assert "7 images of 4 × 5" in capsys.readouterr().out
    assert main(["data", "list"]) == 0
    assert "mnist         ready" in capsys.readouterr().out


def test_fetching_draws_a_bar_where_somebody_is_looking(published, capsys, monkeypatch):
    stage, _ = published
    stage.use("good")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["data", "fetch", "mnist"]) == 0
    err = capsys.readouterr().err
    assert "100\u202f%" in err
    assert "t10k-images-idx3-ubyte.gz, 0.0 of 0.0 MB" in err
    assert err.endswith("\r\033[K")


def test_fetching_that_fails_is_one_line_and_code_1(published, capsys):
    stage, home = published
    stage.use("page", "wrong-hash")
    assert main(["data", "fetch", "mnist"]) == 1
    err = complaint(capsys)
    assert "web page" in err
    assert "SHA-256 differs" in err
    assert not list(home.glob("*.gz"))


def test_tables_are_trained_on_and_found_again_from_anywhere(tmp_path, monkeypatch, capsys):
    rows = "".join(f"{n % 3},{n % 5},{'ab'[n % 2]}\n" for n in range(40))
    (tmp_path / "t.csv").write_text("x,y1,kind\n" + rows)
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--data", "t.csv", "--epochs", "1", "--save", "net.npz"]) == 0
    model = load_model(tmp_path / "net.npz")
    recipe = model.network.recipe
    assert recipe.dataset == str(tmp_path / "t.csv")
    assert model.description == load_dataset(str(tmp_path / "t.csv")).description
    assert model.description.class_names == ("a", "b")
    assert (recipe.layers[0], recipe.layers[-1]) == (2, 2)
    assert main(["data", "check", "t.csv"]) == 0
    out = capsys.readouterr().out
    assert "the class is 'kind'" in out
    assert "test: of each class a: 4, b: 4" in out


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_the_start_recipe_of_the_window_is_trained_with_other_options_besides(tmp_path, capsys):
    net = tmp_path / "net.npz"
    words = ["train", "--data", "xor", "--start-recipe", "--epochs", "1", "--save", str(net)]
    assert main(words) == 0
    assert load_model(net).network.recipe == start_recipe("xor")
    assert main([*words, "--learning-rate", "2", "--layers", "2,5,1"]) == 0
    expected = replace(start_recipe("xor"), learning_rate=2.0, layers=(2, 5, 1))
    assert load_model(net).network.recipe == expected
    capsys.readouterr()


def test_training_never_replaces_a_pipe(tmp_path, capsys):
    path = tmp_path / "f"
    os.mkfifo(path)
    assert main(["train", "--data", "xor", "--epochs", "1", "--save", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""  # refused before training
    assert f"{path} is no ordinary file" in told.err
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_data_are_never_read_from_a_pipe(tmp_path, capsys):
    path = tmp_path / "rows.csv"
    os.mkfifo(path)
    for words in (["data", "check", str(path)], ["train", "--data", str(path)]):
        assert main(words) == 1
        assert f"{path} is no ordinary file" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["", ".csv", ".npz"])
def test_a_name_that_is_too_long_is_one_line(capsys, ending):
    name = "n" * 300 + ending
    for words in (["train", "--data", name], ["train", "--data", f"./{name}"], [name],
                  ["data", "check", name], ["predict", name, name]):  # fmt: skip
        assert main(words) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert "cannot be read: File name too long" in line


def test_a_folder_that_may_not_be_looked_into_is_one_line(tmp_path, monkeypatch, capsys):
    table, stat_of = tmp_path / "t.csv", Path.stat

    def refuse(path, **more):
        if path == table:
            raise PermissionError(13, "Permission denied")
        return stat_of(path, **more)

    monkeypatch.setattr(Path, "stat", refuse)
    for words in (["train", "--data"], ["data", "check"], []):
        assert main([*words, str(table)]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        assert "t.csv cannot be read: Permission denied" in line


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


TITANIC = "PassengerId,Survived,Pclass,Sex,Fare\n" + "".join(
    f"{n},{n % 2},{1 + n % 3},{'fm'[n * n % 7 % 2]},{n * n % 31}.5\n" for n in range(1, 91)
)


def test_what_is_predicted_is_told_every_time_and_can_be_chosen(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text(TITANIC)
    for words, told, outputs in (
        ([], "predicts 'Survived' because its name says so; --target COLUMN chooses another", 2),
        (["--target", "Sex"], "predicts 'Sex' because you chose it", 2),
        (["--target", "Fare"], "predicts 'Fare' because you chose it", 1),
        (["--target", "Fare,Pclass"], "predicts 'Fare' and 'Pclass' because you chose them", 2),
        (["--target", "Fare", "--target", "Pclass"], "predicts 'Fare' and 'Pclass' because", 2),
    ):
        net = tmp_path / "net.npz"
        train = ["train", "--data", str(path), "--epochs", "1", "--json", "--save", str(net)]
        assert main([*train, *words]) == 0
        captured = capsys.readouterr()
        assert captured.out.count("\n") == 1
        assert told in captured.err
        assert "'PassengerId' only counts the rows and is left out" in captured.err
        recipe = load_model(net).network.recipe
        assert recipe.layers[-1] == outputs
        assert load_dataset(recipe.dataset).outputs == outputs
        assert main(["data", "check", str(path), *words]) == 0
        assert told in capsys.readouterr().out
    named = f"{path}:target=Fare"
    assert main(["data", "check", named]) == 0
    assert "the output is 'Fare'" in capsys.readouterr().out
    assert main(["train", "--data", str(path), "--target", "Age"]) == 1
    assert "has no column 'Age': choose among 'PassengerId', 'Survived'" in complaint(capsys)


def test_how_columns_are_scaled_can_be_chosen(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text(TITANIC)
    assert main(["data", "check", str(path), "--scale", "range"]) == 0
    assert "each column over its range 0 to 1 on the training rows" in capsys.readouterr().out
    for words in (["train", "--data", str(path)], ["data", "check", str(path)]):
        with pytest.raises(SystemExit) as stop:
            main([*words, "--scale", "odd"])
        assert stop.value.code == 2
        assert "choose one of standard, range, none" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["flowers.csv", "flowers.TSV", "numbers.txt", "net.toml", "seven.png", "digits"]
)
def test_tables_pictures_and_folders_can_be_named_to_be_opened(tmp_path, monkeypatch, name):
    opened = []
    monkeypatch.setattr(cli, "needs_display", lambda: None)
    monkeypatch.setattr("nnviz.app.run", lambda path, _example: opened.append(path) or 0)
    path = tmp_path / name
    if path.suffix:
        path.write_text("a,b\n")
    else:
        path.mkdir()
    assert main([str(path)]) == 0
    assert opened == [path.resolve()]


# -- textbook examples ----------------------------------------------------------------------------


def trained(capsys, *words):
    assert main(["train", "--json", "--epochs", "1", *words]) == 0
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_examples_are_listed_with_what_there_is_to_see(capsys):
    assert main(["examples"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(EXAMPLES)
    for line, example in zip(lines, EXAMPLES.values(), strict=True):
        assert example.title in line
        assert line.endswith(example.sentence)


@pytest.mark.parametrize(
    ("words", "cost"),
    [
        (["--example", "backprop-222"], "0.291027774"),
        (["--example", "backprop-222", "--trained", "all"], "0.280471447"),
        (["--example", "w-squared", "--learning-rate", "1"], "1.000000000"),
        (["--example", "w-squared", "--learning-rate", "0.1"], "0.640000000"),
    ],
)
def test_an_example_is_trained_from_its_own_weights(capsys, words, cost):
    assert f"{trained(capsys, *words)['train_cost']:.9f}" == cost


def test_other_layers_start_weights_or_seeds_of_an_example_are_drawn(capsys):
    costs = {
        trained(capsys, "--example", "backprop-222", *words)["train_cost"]
        for words in (["--layers", "2,3,2"], ["--seed", "1"], ["--initialiser", "normal"])
    }
    assert len(costs) == 3
    assert round(min(costs, key=lambda cost: abs(cost - 0.291)), 9) != 0.291027774


def test_an_example_in_a_file_is_trained_and_its_data_are_data(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    save_example(path, load_example("backprop-222"))
    assert f"{trained(capsys, '--example', str(path))['train_cost']:.9f}" == "0.291027774"
    assert trained(capsys, "--data", str(path))["train_cost"] > 0
    assert main(["data", "check", str(path)]) == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["train", "--example", "nothing"], 1, "There is no example 'nothing'"),
        (["train", "--example", "xor-by-hand"], 2, "step"),
        (["train", "--example", "and", "--start-recipe"], 2, "leave --start-recipe out"),
        (["train", "--data", "example:and:target=y"], 1, "takes no option 'target'"),
        (["--example", "nothing"], 1, "There is no example 'nothing'"),
        (["train", "--example", "missing.toml"], 1, "missing.toml does not exist"),
    ],
)
def test_what_is_wrong_with_an_example_is_one_line(capsys, words, code, said):
    assert main(words) == code
    assert said in complaint(capsys)


def test_the_window_opens_with_an_example(monkeypatch):
    opened = []
    monkeypatch.setattr(cli, "needs_display", lambda: None)
    monkeypatch.setattr("nnviz.app.run", lambda *asked: opened.append(asked) or 0)
    assert main(["--example", "park"]) == 0
    assert opened == [(None, "park")]


def test_a_mixture_is_trained_on_and_its_parts_are_told_apart(tmp_path, monkeypatch, capsys):
    for place, name in enumerate(("left", "right")):
        put_mnist(tmp_path / name, train=200, test=40, seed=place)
    monkeypatch.chdir(tmp_path)
    words = ["train", "--data", "left+right:share=0.25", "--epochs", "2"]
    assert main([*words, "--save", "net.npz", "--json"]) == 0
    captured = capsys.readouterr()
    row = json.loads(captured.out.splitlines()[-1])
    parts = row["test_accuracy_by_part"]
    assert list(parts) == ["left", "right"]
    assert row["test_accuracy"] == pytest.approx(sum(parts.values()) / 2), "40 of each"
    assert "trained on 150 of left and 50 of right" not in captured.err
    assert "trained on 200 of left and 67 of right" in captured.err
    assert load_model(tmp_path / "net.npz").description.class_names == tuple("0123456789")
    assert main(words) == 0
    left, right = (f"{100 * share:.2f}" for share in parts.values())
    line = capsys.readouterr().out.splitlines()[-1]
    assert f"(left {left}\u202f% · right {right}\u202f%)" in line
    (tmp_path / "left").rename(tmp_path / "net")
    assert main(["train", "--data", "net+right", "--epochs", "1", "--save", "net"]) == 1


def test_parameters_of_data_sets_are_listed_and_checked(capsys):
    assert main(["data", "list"]) == 0
    listed = capsys.readouterr().out
    usual = "spiral:noise=0.1,turns=2,points=500,test=0.5,seed=0,features=x1+x2"
    assert f" {usual}\n" in listed
    assert load_dataset(usual).fingerprint() == load_dataset("spiral").fingerprint()
    with pytest.raises(SystemExit):
        main(["data", "list", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "noise (blobs, circles, moons, clouds, spiral, line, sine, plane, bumps):" in told
    assert "It takes a number from 0 to 1; 0.1 is usual." in told
    assert main(["data", "check", "spiral:noise=0.1"]) == 0
    assert "train: of each class orange: 125, blue: 125" in capsys.readouterr().out
    for words in ("data check spiral:turns=x", "train --data spiral:turns=x"):
        assert main(words.split()) == 1
        complaint = capsys.readouterr().err
        assert complaint == "nnviz: The option turns takes a number from 0.25 to 4, not 'x'.\n"


def test_a_network_keeps_the_one_name_of_its_points(tmp_path):
    path = tmp_path / "net.npz"
    words = (
        "train --data spiral:seed=1,noise=1/5,points=40,turns=2 --epochs 1 --layers 2,3,1 --save"
    )
    assert main([*words.split(), str(path)]) == 0
    assert load_model(path).network.recipe.dataset == "spiral:noise=0.2,points=40,seed=1"


RULE = "--cost perceptron --output-activation step --initialiser zeros --batch-size 1"


def test_mistakes_stand_beside_a_cost_that_says_too_little_of_them(capsys):
    assert main(f"train --data nand {RULE} --epochs 4".split()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "train cost 0.00000" in lines[0]
    assert lines[0].count("75.00\u202f%, 1 mistake ") == 2
    assert any("was faultless" in line for line in lines)
    assert main(f"train --data nand {RULE} --epochs 1 --json".split()) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["train_mistakes"], row["test_mistakes"]) == (1, 1)
    assert "validation_mistakes" not in row
    assert main(["train", "--data", "nand", "--start-recipe", "--epochs", "1", "--json"]) == 0
    assert not [key for key in json.loads(capsys.readouterr().out) if "mistakes" in key]


def test_xor_says_once_that_no_line_separates_its_classes(capsys):
    assert main(f"train --data xor {RULE} --epochs 50".split()) == 0
    out = capsys.readouterr().out
    assert out.count("cannot be separated by a line") == 1
    assert "faultless:" not in out


@pytest.mark.parametrize("more", ["", " --start-recipe"])
def test_the_rule_takes_the_layers_of_the_data_where_nobody_asks_for_others(more):
    assert main(f"train --data xor {RULE} --epochs 1{more}".split()) == 0
