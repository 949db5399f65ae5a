import gzip

import numpy as np
import pytest

from nnviz.data.check import CANONICAL, check_folder
from nnviz.data.dataset import DataError
from tests.data.idx_files import idx_bytes, put, put_mnist
from tests.mnist import MNIST


def test_the_report_tells_shapes_counts_and_values(tmp_path):
    put_mnist(tmp_path, "-idx{}-ubyte.gz", gzip.compress)
    put(tmp_path, "t10k-labels-idx1-ubyte.gz", idx_bytes([2, 0, 2]))
    put(tmp_path, "t10k-images-idx3-ubyte.gz", idx_bytes(np.full((3, 4, 5), [1, 2, 3, 4, 200])))
    report = check_folder(tmp_path)
    assert len(report) == 9
    assert report[-1] == "none of the 3 test examples is trained on"
    assert "t10k-images-idx3-ubyte.gz: 3 images of 4 × 5, values 1 to 200" in report
    assert "t10k-labels-idx1-ubyte.gz: 3 labels, of each class 0: 1, 1: 0, 2: 2" in report
    assert sum("no published .gz file" in line for line in report) == 4


def test_the_first_problem_is_raised(tmp_path):
    put_mnist(tmp_path)
    put(tmp_path, "train-labels-idx1-ubyte", b"")
    with pytest.raises(DataError, match="train-labels-idx1-ubyte is empty"):
        check_folder(tmp_path)


def test_every_published_file_is_known_once():
    digests = [digest for files in CANONICAL.values() for digest in files]
    assert len(set(digests)) == len(digests) == 8
    assert all(len(digest) == 64 for digest in digests)
    for files in CANONICAL.values():
        assert len(set(files.values())) == 4


def test_a_mixture_is_reported_as_one(tmp_path):
    for place, name in enumerate(("left", "right")):
        put_mnist(tmp_path / name, train=200, test=40, seed=place)
    name = f"{tmp_path / 'left'}+{tmp_path / 'right'}:share=0.2"
    report = check_folder(name)
    assert report[1:3] == [
        "20 inputs, 10 outputs",
        "trained on 200 of left and 50 of right, tested with 40 of left and 40 of right",
    ]
    assert report[-1] == "none of the 80 test examples is trained on"
    (tmp_path / "right").rename(tmp_path / "gone")
    with pytest.raises(DataError, match=r"right does not exist"):
        check_folder(name)


@pytest.mark.slow
def test_published_files_are_recognised():
    report = check_folder(MNIST)
    assert any("MNIST's t10k-images as published" in line for line in report)
    assert any("60000 images of 28 × 28, values 0 to 255" in line for line in report)


def test_a_table_is_reported_with_its_classes_or_counts(tmp_path):
    path = put(
        tmp_path, "t.csv", b"a,b,y\n" + b"".join(b"%d,2,%d.5\n" % (40 - n, n) for n in range(30))
    )
    report = check_folder(path)
    assert "the output is 'y'" in report[0]
    assert report[1:-1] == [
        "2 inputs, 1 output",
        "predicts 'y' because its name says so; --target COLUMN chooses another",
        "train: 24 examples",
        "test: 6 examples",
    ]
    assert report[-1] == "none of the 6 test examples is trained on"


@pytest.mark.parametrize(
    ("copies", "told"), [(1, "1 of the 3 test examples is"), (2, "2 of the 3 test examples are")]
)
def test_test_pictures_that_are_trained_on_are_counted(tmp_path, copies, told):
    made = put_mnist(tmp_path)
    made["t10k"][:copies] = made["train"][5 : 5 + copies]
    put(tmp_path, "t10k-images-idx3-ubyte", idx_bytes(made["t10k"]))
    assert told in check_folder(tmp_path)[-1]
