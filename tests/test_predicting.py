"""Predicting: names of classes, numbers in the file's unit, and a word where there is nothing."""

import json
import os
import re
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from nnviz.cli import main
from nnviz.data import load_dataset
from nnviz.data.description import Column, DataDescription, PictureRule
from nnviz.data.digits_cache import load_digits
from nnviz.data.typed_table import TypedTable
from nnviz.engine import Network, Recipe, Timeline, Trainer, start_recipe
from nnviz.engine.measure.answer import UNKNOWN_DIGIT
from nnviz.engine.run.record import DataMark, Session
from nnviz.files import load_model, save_model
from nnviz.files.sessions import save_session
from nnviz.predictions import said_of
from tests.not_digits import drawings

LETTERS = tuple("KLMNOPQRST")
DIGITS = DataDescription(tuple("0123456789"), image_shape=(28, 28), pictures=PictureRule())
PICTURES = DataDescription(LETTERS, image_shape=(28, 28), pictures=PictureRule())


def save_pictures(folder, images):
    """Write grey values 0..1, (n, rows, columns), as pictures; return their names."""
    names = [str(folder / f"{place}.png") for place in range(len(images))]
    for name, image in zip(names, images, strict=True):
        Image.fromarray(np.rint(255 * image).astype(np.uint8)).save(name)
    return names


def answers(capsys, *words, code=0):
    """Run the command; return its lines of JSON and what it complained of."""
    assert main(["predict", "--json", *map(str, words)]) == code
    told = capsys.readouterr()
    return [json.loads(line) for line in told.out.splitlines()], told.err


@pytest.fixture(scope="module")
def digits():
    return load_digits(train=8000, test=20)


@pytest.mark.parametrize("kind", ["network", "session"])
@pytest.mark.parametrize("name", ["net.npz", "net.nnviz", "net", "net.csv"])
def test_pictures_get_the_names_of_their_classes(tmp_path, capsys, digits, kind, name):
    recipe, path = Recipe(layers=(784, 5, 10)), tmp_path / name
    network = Network(recipe)
    if kind == "network":
        save_model(path, network, PICTURES)
    else:
        mark = DataMark("digits", digits.fingerprint(), PICTURES)
        save_session(path, Session(Timeline(recipe, digits).record({}, 0), (mark,)))
    names = save_pictures(tmp_path, digits.x_test[:3].reshape(3, 28, 28))
    rows, complaint = answers(capsys, path, *names)
    assert complaint == ""
    for name, row, x in zip(names, rows, digits.x_test, strict=False):
        wanted = network.predict(x[np.newaxis])[0]
        assert row["image"] == name
        assert row["outputs"] == pytest.approx(wanted.tolist(), abs=1e-5)
        assert row["read"] == LETTERS[int(np.argmax(wanted))]
    assert main(["predict", str(path), names[0]]) == 0
    read = rows[0]["read"] if rows[0]["decided"] else "undecided, "
    assert capsys.readouterr().out.startswith(f"{names[0]}: {read}")


def test_a_digit_is_trusted_and_a_house_is_no_digit(tmp_path, capsys, digits):
    trainer = Trainer(start_recipe("digits"), digits)
    for _ in range(600):
        trainer.step()
    save_model(tmp_path / "net.npz", trainer.network, digits.description)
    digit, house = digits.x_test[:1], drawings("houses", 1)
    names = save_pictures(tmp_path, np.concatenate((digit, house)).reshape(2, 28, 28))
    (known, unknown), _ = answers(capsys, tmp_path / "net.npz", *names)
    assert (known["known"], unknown["known"], unknown["trust"]) == (True, False, 0)
    assert 0.5 < known["trust"] < 1
    assert len(unknown["outputs"]) == 10
    assert main(["predict", str(tmp_path / "net.npz"), *names]) == 0
    one, other = capsys.readouterr().out.splitlines()
    assert re.search(r"   trust \d", one)
    assert other.startswith(f"{names[1]}: {UNKNOWN_DIGIT}   (read as ")


def test_what_was_trained_on_anything_else_says_nothing_of_trust(tmp_path, capsys, digits):
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(784, 5, 10))), PICTURES)
    names = save_pictures(tmp_path, digits.x_test[:1].reshape(1, 28, 28))
    ((row,), _) = answers(capsys, tmp_path / "net.npz", *names)
    assert set(row) == {"image", "read", "decided", "outputs"}


def save_old(path, network):
    """Save a network as earlier versions did."""
    text = json.dumps({"format": 1, "recipe": network.recipe.to_dict()}).encode()
    np.savez(path, recipe=np.frombuffer(text, np.uint8), theta=network.theta)


def test_a_network_of_an_earlier_version_is_read_as_its_data_are_now(tmp_path, capsys):
    draw = np.random.default_rng(0)
    lines = [
        f"{draw.normal(50, 9):.3f},{draw.random():.4f},{['ox', 'emu'][k % 2]}" for k in range(60)
    ]
    table = tmp_path / "t.csv"
    table.write_text("\n".join(["height,width,kind", *lines]) + "\n")
    network = Network(Recipe(layers=(2, 3, 2), dataset=str(table)))
    save_old(tmp_path / "old.npz", network)
    save_model(tmp_path / "new.npz", network, load_dataset(str(table)).description)
    old, told = answers(capsys, tmp_path / "old.npz", table)
    new, nothing = answers(capsys, tmp_path / "new.npz", table)
    assert old == new
    assert {row["read"] for row in old} <= {"ox", "emu"}
    assert f"they are taken for what {table} means by them now" in told
    assert nothing == ""


def test_a_network_of_an_earlier_version_says_what_is_taken_for_granted(tmp_path, capsys, digits):
    network = Network(Recipe(layers=(784, 5, 10)))
    save_old(tmp_path / "net.npz", network)
    names = save_pictures(tmp_path, digits.x_test[:2].reshape(2, 28, 28))
    rows, told = answers(capsys, tmp_path / "net.npz", *names)
    assert [row["read"] for row in rows] == [
        str(np.argmax(network.predict(x[np.newaxis]))) for x in digits.x_test[:2]
    ]
    (line,) = told.splitlines()
    assert "pictures are prepared as drawings are" in line
    assert "classes, counted from 0" in line


def test_pictures_of_other_shapes_are_read(tmp_path, capsys):
    network = Network(Recipe(layers=(64, 3, 2)))
    description = DataDescription(
        ("cat", "dog"), image_shape=(8, 8), pictures=PictureRule("as they are")
    )
    save_model(tmp_path / "net.npz", network, description)
    images = np.random.default_rng(1).integers(0, 256, (3, 8, 8)) / 255
    images[:, 0] = images[:, -1] = images[:, :, 0] = images[:, :, -1] = 0  # a dark rim
    rows, _ = answers(capsys, tmp_path / "net.npz", *save_pictures(tmp_path, images))
    wanted = network.predict(images.reshape(3, 64).astype(np.float32))
    assert np.array([row["outputs"] for row in rows]) == pytest.approx(wanted, abs=1e-5)
    assert [row["read"] for row in rows] == [("cat", "dog")[k] for k in wanted.argmax(axis=1)]


def test_what_cannot_be_read_is_said_and_the_others_are_answered(tmp_path, capsys, digits):
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(784, 5, 10))), PICTURES)
    names = save_pictures(tmp_path, digits.x_test[:2].reshape(2, 28, 28))
    blank = str(tmp_path / "blank.png")
    Image.fromarray(np.full((40, 40), 255, np.uint8)).save(blank)
    (tmp_path / "damaged.png").write_bytes(b"\x89PNG")
    long = str(tmp_path / ("n" * 300)) + ".png"
    asked = [names[0], blank, str(tmp_path / "damaged.png"), str(tmp_path), long, names[1]]
    rows, told = answers(capsys, tmp_path / "net.npz", *asked, code=1)
    assert [row["image"] for row in rows] == names
    lines = told.splitlines()
    assert len(lines) == 4
    assert "blank.png: nothing stands out in this picture" in lines[0]
    assert "damaged.png" in lines[1]
    assert f"{tmp_path} is a folder: give the pictures in it" in lines[2]
    assert "cannot be read" in lines[3]


@pytest.mark.parametrize("name", ["data.npz", "data.json", "note.md", "data"])
def test_what_is_neither_picture_nor_table_is_called_so(tmp_path, capsys, name):
    path = tmp_path / "net.npz"
    save_model(path, Network(Recipe(layers=(784, 5, 10))), PICTURES)
    (tmp_path / name).write_bytes(b"{}")
    said = answers(capsys, path, tmp_path / name, code=1)[1]
    assert f"{name} is neither a picture (PNG, " in said
    assert said.count("\n") == 1


def test_a_network_that_reads_no_pictures_says_so(tmp_path, capsys, digits):
    described = DataDescription(
        ("a", "b"), inputs=(Column("height"), Column("width")), targets=(Column("kind"),)
    )
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(2, 2))), described)
    save_model(tmp_path / "old.npz", Network(Recipe(layers=(2, 2))))
    names = save_pictures(tmp_path, digits.x_test[:1].reshape(1, 28, 28))
    _, told = answers(capsys, tmp_path / "net.npz", *names, code=1)
    assert "0.png is no table by its name" in told
    assert "trained on rows of 2 numbers" in told
    assert "height, width" in told
    _, told = answers(capsys, tmp_path / "old.npz", *names, code=1)
    assert "trained on rows of 2 numbers" in told


@pytest.mark.parametrize("model", ["none.npz", "broken.npz", "net.nnviz"])
def test_a_network_that_cannot_be_read_is_one_line(tmp_path, capsys, model):
    (tmp_path / "broken.npz").write_bytes(b"PK")
    (tmp_path / "0.png").write_bytes(b"")
    assert main(["predict", str(tmp_path / model), str(tmp_path / "0.png")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert model in line


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_pipes_are_not_waited_for(tmp_path, capsys):
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(784, 5, 10))), PICTURES)
    for name in ("pipe.npz", "pipe.png", "pipe.csv"):
        os.mkfifo(tmp_path / name)
    for words in (["pipe.npz", "0.png"], ["net.npz", "pipe.png"], ["net.npz", "pipe.csv"]):
        assert main(["predict", *(str(tmp_path / word) for word in words)]) == 1
        assert re.search("is (no ordinary|not a) file", capsys.readouterr().err)


# -- what outputs mean ------------------------------------------------------------------------


def test_numbers_are_told_in_the_unit_of_the_file():
    price, weight = Column("price", "€", 100.0, 400.0), Column("weight", "kg", 1.0, 2.0)
    one = said_of(np.array([0.25]), DataDescription(targets=(price,)), "linear")
    assert (one.read, one.words) == (200.0, "price 200 €")
    both = said_of(np.array([0.25, 1.5]), DataDescription(targets=(price, weight)), "linear")
    assert both.read == {"price": 200.0, "weight": 4.0}
    assert both.words == "price 200 €, weight 4 kg"


@pytest.mark.parametrize(
    ("output", "name", "decided"),
    [(0.4, "no", True), (0.499, "no", False), (0.5, "yes", False), (3.0, "yes", True)],
)
def test_a_single_output_is_one_of_two_classes(output, name, decided):
    described = DataDescription(("no", "yes"), targets=(Column("survived"),))
    said = said_of(np.array([output]), described, "sigmoid")
    assert (said.read, said.decided) == (name, decided)
    assert said.words.startswith(name if decided else "undecided, ")
    unnamed = replace(described, class_names=(), targets=())
    assert said_of(np.array([output]), unnamed, "sigmoid").read == ("1" if name == "yes" else "0")


def test_only_probabilities_are_called_so_and_an_undecided_answer_is_called_undecided():
    described = DataDescription(("K", "L", "M"))
    sure = said_of(np.array([0.05, 0.9, 0.05]), described, "softmax")
    assert sure.words == "L   probability 90.0\u202f%"
    assert said_of(np.array([0.05, 0.9, 0.9]), described, "sigmoid").decided is False
    unsure = said_of(np.array([0.1, 0.3, 0.2]), described, "sigmoid")
    assert (unsure.read, unsure.decided) == ("L", False)
    assert unsure.words.startswith("undecided, no output is above ½, the largest is that of “L”   ")
    assert "%" not in unsure.words


def test_outputs_that_are_no_numbers_mean_nothing():
    said = said_of(np.array([0.1, np.nan]), DataDescription(("a", "b")), "sigmoid")
    assert said.read is None
    assert said.words.startswith("nothing")


# -- rows of tables ---------------------------------------------------------------------------

FLOWERS = DataDescription(
    ("rose", "tulip"),
    inputs=(Column("height", "cm", 20.0, 5.0), Column("width", "cm", 2.0, 0.5)),
    targets=(Column("kind"),),
)


def linear(layers, weights):
    """A network without hidden layers that answers with weighted sums."""
    recipe = Recipe(layers=layers, output_activation="linear", dtype="float64")
    return Network(recipe, np.array(weights, dtype=np.float64))


def test_rows_are_scaled_as_in_training_and_get_the_names_of_their_classes(tmp_path, capsys):
    save_model(tmp_path / "net.npz", linear((2, 2), [1, -1, 0, 0.5, 0, 0.25]), FLOWERS)
    table = tmp_path / "rows.csv"
    table.write_text("width,height,colour\n2.5,30,red\n2,10,blue\n")
    rows, complaint = answers(capsys, tmp_path / "net.npz", table)
    assert complaint == ""
    assert rows == [
        {"table": str(table), "line": 2, "read": "rose", "decided": True, "outputs": [2.0, -1.25]},
        {"table": str(table), "line": 3, "read": "tulip", "decided": True, "outputs": [-2.0, 2.25]},
    ]
    assert main(["predict", str(tmp_path / "net.npz"), str(table)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{table}, line 2: rose   ")
    assert second.startswith(f"{table}, line 3: tulip   ")


def test_a_net_in_double_precision_gets_rows_as_exact_as_the_file_has_them(tmp_path, capsys):
    weights = [0.1, 0.7, -0.3]
    plain = DataDescription(inputs=(Column("a"), Column("b")), targets=(Column("y"),))
    save_model(tmp_path / "net.npz", linear((2, 1), weights), plain)
    (tmp_path / "rows.csv").write_text("a,b\n0.1,16777217\n1e-30,0.30000000000000004\n")
    rows, _ = answers(capsys, tmp_path / "net.npz", tmp_path / "rows.csv")
    x = np.array([[0.1, 16777217.0], [1e-30, 0.30000000000000004]])
    exact = linear((2, 1), weights).predict(x)[:, 0].tolist()
    assert [row["read"] for row in rows] == exact
    assert exact != linear((2, 1), weights).predict(x.astype(np.float32))[:, 0].tolist()


@pytest.mark.parametrize("scale", ["standard", "range"])
def test_a_net_in_double_precision_gets_scaled_rows_as_it_was_trained_on_them(
    tmp_path, capsys, scale
):
    rows = ((0.1, 7.3, 0.2), (0.7, 1.9, 0.9), (1 / 3, 2.2, 0.4))
    data = load_dataset(TypedTable(("a", "b", "y"), (2,), rows, scale).name)
    network = linear((2, 1), [0.1, 0.7, -0.3])
    save_model(tmp_path / "net.npz", network, data.description)
    lines = [",".join(map(repr, row[:2])) for row in rows]
    (tmp_path / "rows.csv").write_text("\n".join(["a,b", *lines]))
    found, _ = answers(capsys, tmp_path / "net.npz", tmp_path / "rows.csv")
    assert [row["outputs"] for row in found] == network.predict(data.x_test).tolist()


def test_rows_get_numbers_in_the_unit_of_the_file(tmp_path, capsys):
    described = replace(
        FLOWERS, class_names=(), targets=(Column("price", "€", 10.0, 40.0), Column("age"))
    )
    save_model(tmp_path / "net.npz", linear((2, 2), [1, 0, 0, 1, 0, 0]), described)
    (tmp_path / "rows.csv").write_text("height,width\n22.5,2.25\n")
    (row,), _ = answers(capsys, tmp_path / "net.npz", tmp_path / "rows.csv")
    assert row["read"] == {"price": 30.0, "age": 0.5}
    assert main(["predict", str(tmp_path / "net.npz"), str(tmp_path / "rows.csv")]) == 0
    assert capsys.readouterr().out.endswith("line 2: price 30 €, age 0.5\n")


def test_a_table_without_a_column_is_said_and_the_next_is_answered(tmp_path, capsys):
    save_model(tmp_path / "net.npz", linear((2, 2), [1, -1, 0, 0.5, 0, 0.25]), FLOWERS)
    (tmp_path / "bad.csv").write_text("height,length\n1,2\n")
    (tmp_path / "good.csv").write_text("height,width\n1,2\n")
    asked = [tmp_path / "bad.csv", tmp_path / "none.csv", tmp_path / "good.csv"]
    rows, complaint = answers(capsys, tmp_path / "net.npz", *asked, code=1)
    assert [row["table"] for row in rows] == [str(tmp_path / "good.csv")]
    first, second = complaint.splitlines()
    assert "'width'" in first
    assert "none.csv" in second


def test_rows_of_a_truth_table_are_taken_as_they_are(tmp_path, capsys):
    assert main(["train", "--data", "xor", "--epochs", "1", "--save", str(tmp_path / "x.npz")]) == 0
    capsys.readouterr()
    (tmp_path / "rows.csv").write_text("0,0\n0,1\n1,0\n1,1\n")
    rows, complaint = answers(capsys, tmp_path / "x.npz", tmp_path / "rows.csv")
    assert complaint == ""
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
    wanted = load_model(tmp_path / "x.npz").network.predict(x)
    assert np.array([row["outputs"] for row in rows]) == pytest.approx(wanted, abs=1e-6)
    assert [row["read"] for row in rows] == [str(int(a >= 0.5)) for a in wanted[:, 0]]


def test_rows_of_grey_values_are_pictures(tmp_path, capsys, digits):
    network = Network(Recipe(layers=(784, 5, 10)))
    save_model(tmp_path / "net.npz", network, PICTURES)
    x = digits.x_test[:3]
    lines = [",".join(str(round(255 * float(value))) for value in row) for row in x]
    (tmp_path / "rows.csv").write_text("\n".join(lines) + "\n")
    rows, _ = answers(capsys, tmp_path / "net.npz", tmp_path / "rows.csv")
    wanted = network.predict(x)
    assert np.array([row["outputs"] for row in rows]) == pytest.approx(wanted, abs=1e-5)
    assert [row["read"] for row in rows] == [LETTERS[k] for k in wanted.argmax(axis=1)]


def test_a_row_of_nothing_is_said_and_the_others_are_answered(tmp_path, capsys):
    described = DataDescription(("cat", "dog"), image_shape=(8, 8), pictures=PictureRule())
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(64, 2))), described)
    white = ",".join(["255"] * 64)
    cat = ",".join(str(4 * place) for place in range(64))
    (tmp_path / "rows.csv").write_text(f"{cat}\n{white}\n{cat}\n")
    rows, told = answers(capsys, tmp_path / "net.npz", tmp_path / "rows.csv", code=1)
    assert [row["line"] for row in rows] == [1, 3]
    assert "rows.csv, line 2: nothing stands out in this picture" in told


def test_rows_with_a_gap_are_complained_of_and_the_others_answered(tmp_path, capsys):
    table, few = tmp_path / "rows.csv", tmp_path / "few.csv"
    rows = [
        f"{n % 9},{'mf'[n % 2] if n % 7 else ''},{n % 11 if n % 5 else 'NA'}" for n in range(70)
    ]
    table.write_text("\n".join(["age,sex,score", *rows]) + "\n")
    few.write_text("score,sex,age\n1,m,3\n,f,4\n1,,5\n1,f,NA\n2,d,7\n3,f,8\n")
    model = tmp_path / "net.npz"
    options = ["--target", "sex", "--epochs", "1", "--save", str(model)]
    assert main(["train", "--data", str(table), *options]) == 0
    assert "22 of 70 rows are left out: gaps in score (14), sex (10)" in capsys.readouterr().err
    answered, told = answers(capsys, model, few, code=1)
    assert [row["line"] for row in answered] == [2, 4, 6, 7]
    assert told.splitlines() == [
        f"nnviz: {few}, line 3: the column 'score' has no value; fill it in or remove the line.",
        f"nnviz: {few}, line 5: the column 'age' has no value; fill it in or remove the line.",
    ]


def of_digits(tmp_path, description=DIGITS):
    """Save a little net; return its path."""
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(784, 5, 10))), description)
    return tmp_path / "net.npz"


def number_written(folder):
    """Write a picture of a 1 and a 7, dark on paper; return its name and the two apart."""
    apart = np.full((2, 200, 320), 0.85)
    apart[0, 60:150, 150:160] = 0.1
    apart[1, 60:70, 220:280] = apart[1, 60:150, 270:280] = 0.1
    (folder / "apart").mkdir()
    return save_pictures(folder, [apart.min(axis=0)])[0], save_pictures(folder / "apart", apart)


def test_several_digits_in_a_picture_are_told_one_by_one(tmp_path, capsys):
    model = of_digits(tmp_path)
    name, apart = number_written(tmp_path)
    alone, _ = answers(capsys, model, *apart)
    (row,), complaint = answers(capsys, model, name)
    assert complaint == ""
    assert [digit["read"] for digit in row["digits"]] == [one["read"] for one in alone]
    for digit, one in zip(row["digits"], alone, strict=True):
        assert digit.keys() == one.keys() - {"image"}
        np.testing.assert_allclose(digit["outputs"], one["outputs"], rtol=1e-6)
    assert len(row["number"]) == 2
    for sign, digit in zip(row["number"], row["digits"], strict=True):
        assert sign == (digit["read"] if digit["decided"] and digit["known"] else "?")
    assert row["outputs"] == alone[0]["outputs"]  # of the one nearest to the middle
    assert main(["predict", str(model), name]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert main(["predict", str(model), *apart]) == 0
    words = [line.split(": ", 1)[1] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        f"{name}: {row['number']}   2 digits",
        *(f"{name}, digit {place}: {said}" for place, said in enumerate(words, start=1)),
    ]


def test_of_one_digit_and_of_what_are_no_digits_nothing_is_told_apart(tmp_path, capsys):
    name, apart = number_written(tmp_path)
    model = of_digits(tmp_path)
    rows, _ = answers(capsys, model, *apart)
    model = of_digits(tmp_path, PICTURES)
    letters, _ = answers(capsys, model, name)
    assert all("digits" not in row and "number" not in row for row in (*rows, *letters))


@pytest.mark.parametrize("features", ["x1+x2", "x1^2+x2^2"])
def test_points_are_answered_whatever_the_network_is_given_of_them(tmp_path, capsys, features):
    words = f"train --data circles:noise=0.05,features={features} --start-recipe --epochs 40"
    assert main([*words.split(), "--save", str(tmp_path / "net.npz")]) == 0
    capsys.readouterr()
    (tmp_path / "p.csv").write_text("x2,x1\n0,0\n2,-1\n0.3,0.1\n")
    rows, complaint = answers(capsys, tmp_path / "net.npz", tmp_path / "p.csv")
    assert complaint == ""
    assert [row["read"] for row in rows] == ["blue", "orange", "blue"]
