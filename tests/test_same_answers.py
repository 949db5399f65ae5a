"""Train, save, predict: for every kind of data set the same answers as `evaluate` counts.

Each test makes raw files, trains on them by the command line, saves, and has the saved
network answer its own test examples from raw files again. Outputs and names have to
agree example by example, and together they have to give the figure that training reported.
"""

import csv
import json
import math
import string
import struct
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from nnviz.cli import main
from nnviz.data import catalogue, load_dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.generator import generate
from nnviz.files import load_model
from tests.data.idx_files import idx_bytes, put
from tests.data.seen import from_file


@dataclass
class Raw:
    """Raw files of a data set.

    Attributes:
        data: what `--data` is given.
        files: what `predict` is asked about: the test examples in their order.
        wanted: the name or the number that each should get.
        words: further words for the command line.
    """

    data: Path | str
    files: list[Path]
    wanted: list
    words: tuple[str, ...] = ()


def lines_of(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def trained(raw, folder, capsys):
    """Train and save by the command line; return the file, the data set and the last report."""
    net = folder / "net.npz"
    words = ["train", "--data", str(raw.data), "--json", "--save", str(net), "--seed", "1"]
    assert main([*words, *raw.words]) == 0
    report = lines_of(capsys)[-1]
    return net, load_dataset(load_model(net).network.recipe.dataset), report


def predicted(net, files, capsys):
    assert main(["predict", "--json", str(net), *map(str, files)]) == 0
    return lines_of(capsys)


def check_classes(raw, folder, capsys):
    """Make sure of the same answers to all test examples."""
    net, dataset, report = trained(raw, folder, capsys)
    rows = predicted(net, raw.files, capsys)
    assert len(rows) == len(raw.wanted) == len(dataset.x_test)
    outputs = load_model(net).network.predict(dataset.x_test)
    assert np.array([row["outputs"] for row in rows]) == pytest.approx(outputs, abs=1e-5)
    names = [dataset.class_names[place] for place in outputs.argmax(axis=1)]
    assert [row["read"] for row in rows] == names
    asked = [dataset.class_names[place] for place in dataset.test_labels]
    assert raw.wanted == asked, "the test itself asks about the right examples"
    right = np.mean([row["read"] == name for row, name in zip(rows, raw.wanted, strict=True)])
    assert right == pytest.approx(report["test_accuracy"])
    assert len(set(dataset.class_names)) == dataset.outputs
    assert right > 2 / dataset.outputs, "the network should have learnt something to speak of"


def save_images(folder, images):
    """Save bytes (n, rows, columns) as pictures."""
    folder.mkdir()
    files = [folder / f"{place:04}.png" for place in range(len(images))]
    for file, image in zip(files, images, strict=True):
        Image.fromarray(image).save(file)
    return files


# -- pictures ---------------------------------------------------------------------------------


def test_digits(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(catalogue, "load_digits", partial(load_digits, train=600, test=60))
    digits = load_dataset("digits")
    images = np.rint(255 * digits.x_test).astype(np.uint8).reshape(-1, 28, 28)
    wanted = [digits.class_names[label] for label in digits.test_labels]
    words = ("--epochs", "3", "--learning-rate", "3")
    raw = Raw("digits", save_images(tmp_path / "raw", images), wanted, words)
    check_classes(raw, tmp_path, capsys)


def test_idx_files_like_mnist(tmp_path, capsys):
    images, labels = generate(360, np.random.default_rng(4))
    images = images.reshape(-1, 28, 28)
    data = tmp_path / "idx"
    data.mkdir()
    for part, some in (("train", slice(60, None)), ("t10k", slice(60))):
        put(data, f"{part}-images-idx3-ubyte", idx_bytes(images[some]))
        put(data, f"{part}-labels-idx1-ubyte", idx_bytes(labels[some]))
    files = save_images(tmp_path / "raw", images[:60])
    raw = Raw(data, files, [str(label) for label in labels[:60]], ("--epochs", "8"))
    check_classes(raw, tmp_path, capsys)


def test_idx_files_of_letters_with_a_mapping(tmp_path, capsys):
    images, labels = generate(360, np.random.default_rng(4))
    images, labels = images.reshape(-1, 28, 28), labels.astype(int) + 1
    data = tmp_path / "letters"
    data.mkdir()
    for part, some in (("train", slice(60, None)), ("test", slice(60))):
        put(data, f"letters-{part}-images-idx3-ubyte", idx_bytes(images[some]))
        head = bytes([0, 0, 12, 1]) + struct.pack(">I", len(labels[some]))
        wide = head + labels[some].astype(">i4").tobytes()  # four bytes a label
        put(data, f"letters-{part}-labels-idx1-ubyte", wide)
    mapping = "".join(f"{place} {64 + place}\n" for place in range(1, 27))
    (data / "letters-mapping.txt").write_text(mapping)
    files = save_images(tmp_path / "raw", images[:60])
    wanted = [chr(64 + label) for label in labels[:60]]
    check_classes(Raw(data, files, wanted, ("--epochs", "8")), tmp_path, capsys)


def stripes(angle, draw):
    """A coloured texture that fills its whole picture, (32, 40, 3) bytes."""
    rows, columns = np.mgrid[:32, :40]
    along = columns * math.cos(angle) + rows * math.sin(angle)
    wave = 0.5 + 0.5 * np.sin(along / 2 + draw.uniform(0, 6))
    tint = draw.uniform(120, 255, 3)
    return (wave[..., np.newaxis] * tint).astype(np.uint8)


def put_folder(folder, names, make, train=20, test=6):
    """Write a folder of pictures with train and test; return what `predict` is asked about."""
    draw, files, wanted = np.random.default_rng(3), [], []
    for part, count in (("train", train), ("test", test)):
        for name in names:
            (folder / part / name).mkdir(parents=True)
            for place in range(count):
                file = folder / part / name / f"{place:03}.png"
                Image.fromarray(make(name, draw)).save(file)
                if part == "test":
                    files.append(file)
                    wanted.append(name)
    return files, wanted


def test_a_folder_of_pictures_that_are_scaled(tmp_path, capsys):
    angles = {"across": 0.0, "slanted": math.pi / 4, "steep": math.pi / 2}
    files, wanted = put_folder(
        tmp_path / "textures", list(angles), lambda name, draw: stripes(angles[name], draw)
    )
    words = ("--epochs", "30", "--cost", "cross_entropy", "--learning-rate", "0.5")
    raw = Raw(tmp_path / "textures", files, wanted, words)
    check_classes(raw, tmp_path, capsys)


def strokes(points, draw):
    """Strokes of a dark pen on light paper, somewhere on a sheet, (50, 60) bytes."""
    sheet = Image.new("L", (60, 50), int(draw.integers(220, 250)))
    place = draw.uniform((8, 6), (22, 12))
    size = draw.uniform(24, 30)
    line = [tuple(place + size * (np.array(point) + draw.normal(0, 0.03, 2))) for point in points]
    ImageDraw.Draw(sheet).line(line, fill=int(draw.integers(0, 60)), width=3, joint="curve")
    return np.asarray(sheet)


SHAPES = {
    "7": [(0, 0), (1, 0), (0.3, 1)],
    "8": [(0, 0), (1, 1), (0, 1), (1, 0), (0, 0)],
    "9": [(0.9, 0.4), (0.1, 0.4), (0.1, 0), (0.9, 0), (0.9, 1)],
}


def test_a_folder_of_pictures_of_ink(tmp_path, capsys):
    files, wanted = put_folder(
        tmp_path / "ink", list(SHAPES), lambda name, draw: strokes(SHAPES[name], draw)
    )
    raw = Raw(tmp_path / "ink", files, wanted, ("--epochs", "15", "--learning-rate", "3"))
    check_classes(raw, tmp_path, capsys)


# Digits like MNIST's and pictures in folders are asked the same at all times.
@pytest.mark.slow
def test_letters(tmp_path, capsys):
    letters = string.ascii_uppercase
    each = np.random.default_rng(26).random((26, 5, 2))
    points = dict(zip(letters, each, strict=True))
    files, wanted = put_folder(
        tmp_path / "letters",
        list(letters),
        lambda name, draw: strokes(points[name], draw),
        train=8,
        test=2,
    )
    words = ("--epochs", "20", "--learning-rate", "3", "--batch-size", "5")
    check_classes(Raw(tmp_path / "letters", files, wanted, words), tmp_path, capsys)


# -- tables -----------------------------------------------------------------------------------


def write_rows(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def asked_again(dataset, rows, values, path, header):
    """Write the test rows of a table raw into another, found by what the network sees of them.

    Args:
        dataset: as it was read.
        rows: all rows of the table, as written.
        values: (rows, inputs) what the network should see of each.
        path: the new table.
        header: of the table.
    """
    places = []
    for x in dataset.x_test:
        off = np.abs(values - x).max(axis=1)
        place = int(off.argmin())
        assert off[place] < 2e-5
        assert (off < 2e-5).sum() == 1, "rows must differ to be found again"
        places.append(place)
    write_rows(path, header, [rows[place] for place in places])
    return places


@pytest.mark.parametrize("kind", ["0 to 1", "0 to 255", "dark on light", "0 to 16"])
def test_a_table_of_grey_values(tmp_path, capsys, kind):
    draw = np.random.default_rng(8)
    names = ["cross", "bar", "ring"]
    rows, greys, wanted = [], [], []
    for place in range(150):
        name, picture = names[place % 3], np.zeros((8, 8))
        top, left = draw.integers(0, 3, 2)
        part = picture[1 + top : 5 + top, 1 + left : 5 + left]
        if name == "bar":
            part[1:3] = 1
        elif name == "cross":
            part[np.arange(4), np.arange(4)] = part[np.arange(4), np.arange(4)[::-1]] = 1
        else:
            part[[0, -1]] = part[:, [0, -1]] = 1
        grey = np.rint(picture * draw.uniform(150, 255, (8, 8)))
        if kind == "0 to 16":
            grey = np.rint(grey / 255 * 16) / 16 * 255
        greys.append(grey.ravel() / 255)
        written = {
            "0 to 1": [f"{value / 255:.6f}" for value in grey.ravel()],
            "0 to 255": [f"{value:.0f}" for value in grey.ravel()],
            "dark on light": [f"{255 - value:.0f}" for value in grey.ravel()],
            "0 to 16": [f"{value / 255 * 16:.0f}" for value in grey.ravel()],
        }[kind]
        rows.append([name, *written])
        wanted.append(name)
    header = ["label", *(f"pixel{place}" for place in range(64))]
    raw = Raw(
        write_rows(tmp_path / "grey.csv", header, rows),
        [],
        [],
        ("--epochs", "60", "--learning-rate", "2"),
    )
    dataset = load_dataset(str(raw.data))
    assert dataset.image_shape == (8, 8)
    test = tmp_path / "test.csv"
    places = asked_again(dataset, [row[1:] for row in rows], np.array(greys), test, header[1:])
    raw.files, raw.wanted = [test], [wanted[place] for place in places]
    check_classes(raw, tmp_path, capsys)
    if kind == "0 to 255":  # the same pictures as files get the same answers
        images = [np.array(rows[place][1:], dtype=np.uint8).reshape(8, 8) for place in places]
        files = save_images(tmp_path / "raw", images)
        by_rows = predicted(tmp_path / "net.npz", [test], capsys)
        by_files = predicted(tmp_path / "net.npz", files, capsys)
        assert [row["read"] for row in by_files] == [row["read"] for row in by_rows]


def flowers(count, draw):
    """Rows of height, width and colour, and the kind that goes with them."""
    rows = []
    for place in range(count):
        kind = ["tulip", "rose", "aster"][place % 3]
        height = {"tulip": 40, "rose": 62, "aster": 80}[kind] + draw.normal(0, 4)
        width = {"tulip": 0.5, "rose": 1.5, "aster": 0.9}[kind] + draw.normal(0, 0.1)
        rows.append([f"{height:.3f}", f"{1000 * width:.2f}", kind])
    return rows


def test_a_table_of_columns_that_are_scaled(tmp_path, capsys):
    rows = flowers(120, np.random.default_rng(2))
    header = ["height (cm)", "weight", "kind"]
    data = write_rows(tmp_path / "flowers.csv", header, rows)
    dataset = load_dataset(str(data))
    columns = dataset.description.inputs
    seen = [
        [from_file(column, float(cell)) for column, cell in zip(columns, row, strict=False)]
        for row in rows
    ]
    test = tmp_path / "test.csv"
    places = asked_again(dataset, [row[:2] for row in rows], np.array(seen), test, header[:2])
    wanted = [rows[place][2] for place in places]
    check_classes(Raw(data, [test], wanted, ("--epochs", "30")), tmp_path, capsys)


def test_a_table_whose_columns_stand_in_another_order(tmp_path, capsys):
    rows = flowers(120, np.random.default_rng(2))
    data = write_rows(tmp_path / "flowers.csv", ["height", "weight", "kind"], rows)
    net, _, _ = trained(Raw(data, [], [], ("--epochs", "5")), tmp_path, capsys)
    turned = [[f"n{place}", row[1], row[2], row[0]] for place, row in enumerate(rows)]
    other = write_rows(tmp_path / "other.csv", ["who", "weight", "kind", "height"], turned)
    first, second = (predicted(net, [path], capsys) for path in (data, other))
    assert [row["outputs"] for row in first] == [row["outputs"] for row in second]
    assert [row["line"] for row in second] == list(range(2, 122))


@pytest.mark.parametrize("target", ["price (€)", "price (€),age"])
def test_a_table_of_numbers_to_predict(tmp_path, capsys, target):
    draw = np.random.default_rng(5)
    a, b = draw.uniform(20, 200, 100), draw.integers(1, 9, 100) + draw.random(100) / 10
    price, age = 1500 * a + 20000 * b, 90 - 8 * b
    rows = [[f"{a[k]:.3f}", f"{b[k]:.4f}", f"{price[k]:.1f}", f"{age[k]:.3f}"] for k in range(100)]
    header = ["area (m²)", "rooms", "price (€)", "age"]
    names = target.split(",")
    if len(names) == 1:
        header, rows = header[:3], [row[:3] for row in rows]
    data = write_rows(tmp_path / "houses.csv", header, rows)
    words = ("--target", target, "--epochs", "20")
    net, dataset, report = trained(Raw(data, [], [], words), tmp_path, capsys)
    columns = dataset.description.inputs
    assert [column.name for column in dataset.description.targets] == names
    seen = [
        [from_file(column, float(cell)) for column, cell in zip(columns, row, strict=False)]
        for row in rows
    ]
    test = tmp_path / "test.csv"
    places = asked_again(dataset, [row[:2] for row in rows], np.array(seen), test, header[:2])
    answers = predicted(net, [test], capsys)
    outputs = load_model(net).network.predict(dataset.x_test)
    assert np.array([row["outputs"] for row in answers]) == pytest.approx(outputs, abs=1e-5)
    read = [row["read"] if len(names) > 1 else {names[0]: row["read"]} for row in answers]
    for place, name in enumerate(names, start=2):
        wanted = np.array([float(rows[row][place]) for row in places])
        off = np.array([answer[name] for answer in read]) - wanted
        assert np.sqrt(np.mean(off**2)) < np.std(wanted)
        if len(names) == 1:
            assert np.sqrt(np.mean(off**2)) == pytest.approx(report["test_rmse"], rel=1e-4)


def seen_by_names(columns, header, rows):
    """Return what a network should see of rows, column by column as these are described."""
    place = {name: k for k, name in enumerate(header)}
    return np.array(
        [
            [
                from_file(
                    column,
                    float(row[place[column.header]] == column.word)
                    if column.word
                    else float(row[place[column.header]]),
                )
                for column in columns
            ]
            for row in rows
        ]
    )


@pytest.mark.parametrize("scale", ["standard", "range", "none"])
def test_a_table_of_words_and_numbers_with_a_row_counter(tmp_path, capsys, scale):
    draw = np.random.default_rng(6)
    rows = []
    for place in range(120):
        kind = place % 2
        colour = ["red", "blue", "green"][int(draw.integers(3))]
        size = f"{3 * kind + draw.normal(0, 0.3):.4f}"
        rows.append([str(place + 1), colour, size, "fresh" if kind else "stale"])
    header = ["id", "colour", "size", "state"]
    data = write_rows(tmp_path / "fruit.csv", header, rows)
    words = ("--scale", scale, "--epochs", "20", "--learning-rate", "2")
    net, dataset, report = trained(Raw(data, [], [], words), tmp_path, capsys)
    seen = seen_by_names(dataset.description.inputs, header, rows)
    assert dataset.inputs == 4, "three colours and the size"
    test = tmp_path / "test.csv"
    places = asked_again(dataset, rows, seen, test, header)
    answers = predicted(net, [test], capsys)
    outputs = load_model(net).network.predict(dataset.x_test)
    assert np.array([row["outputs"] for row in answers]) == pytest.approx(outputs, abs=1e-5)
    right = np.mean([a["read"] == rows[p][3] for a, p in zip(answers, places, strict=True)])
    assert right == pytest.approx(report["test_accuracy"])
    assert right > 0.8


def test_a_table_without_a_header(tmp_path, capsys):
    rows = flowers(120, np.random.default_rng(2))
    data = tmp_path / "flowers.csv"
    data.write_text("".join(",".join(row) + "\n" for row in rows))
    net, dataset, report = trained(Raw(data, [], [], ("--epochs", "30")), tmp_path, capsys)
    columns = dataset.description.inputs
    seen = [
        [from_file(column, float(cell)) for column, cell in zip(columns, row, strict=False)]
        for row in rows
    ]
    places = asked_again(dataset, rows, np.array(seen), tmp_path / "unused.csv", ["a", "b", "c"])
    test = tmp_path / "test.csv"
    test.write_text("".join(",".join(rows[place][:2]) + "\n" for place in places))
    answers = predicted(net, [test], capsys)
    outputs = load_model(net).network.predict(dataset.x_test)
    assert np.array([row["outputs"] for row in answers]) == pytest.approx(outputs, abs=1e-5)
    right = np.mean([a["read"] == rows[p][2] for a, p in zip(answers, places, strict=True)])
    assert right == pytest.approx(report["test_accuracy"])


@pytest.mark.parametrize("words", [(), ("--target", "kind_aster,kind_rose,kind_tulip")])
def test_a_table_with_a_column_for_each_class(tmp_path, capsys, words):
    kinds = ["tulip", "rose", "aster"]
    rows = [
        [height, width, *(str(int(kind == other)) for other in kinds)]
        for height, width, kind in flowers(120, np.random.default_rng(2))
    ]
    header = ["height (cm)", "weight", *(f"kind_{kind}" for kind in kinds)]
    data = write_rows(tmp_path / "flowers.csv", header, rows)
    dataset = load_dataset(str(data))
    seen = seen_by_names(dataset.description.inputs, header, rows)
    test = tmp_path / "test.csv"
    places = asked_again(dataset, rows, seen, test, header)
    wanted = [kinds[rows[place][2:].index("1")] for place in places]
    check_classes(Raw(data, [test], wanted, (*words, "--epochs", "30")), tmp_path, capsys)
    saved = load_model(tmp_path / "net.npz").description
    assert saved.one_hot
    assert saved.class_names == tuple(kinds)
    assert saved.target_groups == dataset.description.target_groups
