import errno
import json
import os
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz import paths
from nnviz.data import drawings as drawings_module
from nnviz.data.dataset import DataError
from nnviz.data.digits_cache import load_digits
from nnviz.data.drawings import ENOUGH, Drawing, DrawingStore, load_drawings
from nnviz.data.drawings_export import export_idx, export_pictures
from nnviz.data.folders import load_pictures
from nnviz.data.idx import read_idx
from nnviz.data.idx_folder import read_folder
from tests.sampled import tried

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STROKES = (np.array([(1.0, 2), (3.25, 4)]), np.array([(5.0, 6, 0.5)]))


@pytest.fixture
def store(tmp_path):
    return DrawingStore(tmp_path / "drawings")


@pytest.fixture(autouse=True)
def few_digits(monkeypatch):
    def few(*, progress):
        return load_digits(progress=progress, train=40, test=30)

    monkeypatch.setattr(drawings_module, "load_digits", few)


def image(seed=0):
    return np.random.default_rng(seed).integers(0, 256, (28, 28)) / 255


def fill(store, count=150):
    """Put drawings whose names, and so the held-back ones, are always the same."""
    drawings = [
        Drawing(f"{place:04}", place % 10, NOON, np.rint(image(place) * 255).astype(np.uint8))
        for place in range(count)
    ]
    for drawing in drawings:
        store.put(drawing)
    return drawings


def complaint(call, *arguments):
    with pytest.raises(DataError) as caught:
        call(*arguments)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def test_the_store_is_in_the_user_s_data_folder():
    assert DrawingStore().folder == paths.data_folder() / "drawings"


def test_what_is_added_is_kept_as_it_was(store):
    assert not store.filled()
    added = store.add(7, image(), STROKES)
    (kept,) = DrawingStore(store.folder).kept().drawings
    assert store.filled()
    assert (kept.id, kept.label, kept.time) == (added.id, 7, added.time)
    np.testing.assert_array_equal(kept.image, np.rint(image() * 255))
    for before, after in zip(STROKES, kept.strokes, strict=True):
        np.testing.assert_array_equal(before, after)
    assert [path.suffix for path in store.folder.iterdir()] == [".json"]


def test_the_oldest_comes_first(store):
    added = [store.add(label, image()).id for label in (5, 3, 9, 1)]
    assert [drawing.id for drawing in store.kept().drawings] == added


def test_a_removal_can_be_taken_back(store):
    first, second = fill(store, 2)
    store.remove([first.id])
    store.remove([first.id])
    assert [drawing.id for drawing in store.kept().drawings] == [second.id]
    store.put(first)
    assert [drawing.id for drawing in store.kept().drawings] == [first.id, second.id]


@pytest.mark.parametrize(
    ("label", "picture", "says"),
    [
        (10, image(), "10 is no digit"),
        (-1, image(), "-1 is no digit"),
        (3, np.zeros((28, 28)), "nothing drawn yet"),
        (3, np.zeros((27, 28)), "28 × 28"),
        (3, np.full((28, 28), np.nan), "finite"),
    ],
)
def test_what_is_no_drawing_is_refused(store, label, picture, says):
    assert says in complaint(store.add, label, picture)
    assert not store.filled()


def test_strokes_that_cannot_be_kept_do_not_cost_the_drawing(store):
    store.add(1, image(), [np.zeros((drawings_module.MOST_POINTS + 1, 2))])
    store.add(2, image(), [[(np.nan, 1.0)]])
    assert [drawing.strokes for drawing in store.kept().drawings] == [(), ()]


def test_a_full_disk_leaves_nothing_behind(store, monkeypatch):
    fill(store, 1)

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "the disk is full: free some space" in complaint(store.add, 1, image())
    assert len(list(store.folder.iterdir())) == 1


def test_damaged_files_are_told_and_left_alone(store):
    (good,) = fill(store, 1)
    text = json.loads((store.folder / f"{good.id}.json").read_text())
    bad = {
        "a": "",
        "b": "{}",
        "c": "[1]",
        "d": "7",
        "e": json.dumps({**text, "version": 0}),
        "f": json.dumps({**text, "label": 11}),
        "g": json.dumps({**text, "label": True}),
        "h": json.dumps({**text, "image": "AAAA"}),
        "i": json.dumps({**text, "image": 5}),
        "j": json.dumps({**text, "strokes": [[1, 2]]}),
        "k": json.dumps({**text, "strokes": [[[1, "x"]]]}),
        "l": json.dumps({**text, "time": "yesterday"}),
        "m": "[" * 100_000,
        "n": " " * (drawings_module._LARGEST + 1),
    }
    for name, content in bad.items():
        (store.folder / f"{name}.json").write_text(content)
    (store.folder / ".half.part").write_text("")
    kept = store.kept()
    assert [drawing.id for drawing in kept.drawings] == [good.id]
    assert [path.stem for path in kept.unreadable] == sorted(bad)


@settings(max_examples=tried(200), deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.fixed_dictionaries(
            {},
            optional={
                name: st.recursive(
                    st.none() | st.booleans() | st.integers(-2, 12) | st.text(max_size=4),
                    lambda inner: st.lists(inner, max_size=3),
                )
                for name in ("version", "label", "time", "image", "strokes")
            },
        ).map(lambda content: json.dumps({"version": 1, "label": 3, **content}).encode()),
    )
)
def test_any_bytes_are_a_drawing_or_unreadable(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp() / "fuzzed"
    folder.mkdir(exist_ok=True)
    (folder / "x.json").write_bytes(content)
    kept = DrawingStore(folder).kept()
    assert len(kept.drawings) + len(kept.unreadable) + len(kept.newer) == 1


def test_two_windows_at_once_lose_nothing(store):
    other, seen = DrawingStore(store.folder), []

    def work(mine, label):
        for place in range(30):
            added = mine.add(label, image(place))
            seen.append(len(mine.kept().unreadable))
            if place % 3 == 0:
                mine.remove([added.id])

    threads = [threading.Thread(target=work, args=pair) for pair in ((store, 1), (other, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    labels = [drawing.label for drawing in store.kept().drawings]
    assert (labels.count(1), labels.count(2)) == (20, 20)
    assert not any(seen)


# -- as a data set ------------------------------------------------------------------------------


def test_one_in_five_is_held_back_for_good(store):
    added = fill(store)
    held = {drawing.id for drawing in added if drawing.held_back}
    assert 15 <= len(held) <= 50
    store.remove([drawing.id for drawing in added if not drawing.held_back][:60])
    kept = {drawing.id for drawing in store.kept().drawings if drawing.held_back}
    assert kept == held


def test_many_drawings_are_tested_with_those_held_back(store):
    added = fill(store, 200)
    data = load_drawings(store=store)
    held = [drawing for drawing in added if drawing.held_back]
    assert len(held) >= ENOUGH
    assert len(data.x_test) == len(held)
    np.testing.assert_array_equal(data.x_test[0], held[0].image.ravel() / np.float32(255))
    assert data.test_labels.tolist() == [drawing.label for drawing in held]
    trained = {row.tobytes() for row in data.x_train}
    assert not trained & {row.tobytes() for row in data.x_test}
    assert data.class_names == tuple("0123456789")


def test_few_drawings_are_tested_with_nnviz_s_own_digits(store):
    added = fill(store, 12)
    data = load_drawings(store=store)
    assert len(data.x_train) == sum(not drawing.held_back for drawing in added)
    assert len(data.x_test) == 30
    assert "tested on nnviz's own digits" in data.source


def test_no_drawings(store):
    assert "draw digits on the pad" in complaint(load_drawings, None, store)


# -- export ---------------------------------------------------------------------------------------


def test_exported_as_idx_it_is_the_same_data_set(store, tmp_path):
    fill(store, 200)
    files = export_idx(tmp_path / "out", store.kept().drawings)
    assert len(files) == 4
    again, data = read_folder(tmp_path / "out"), load_drawings(store=store)
    assert again.fingerprint() == data.fingerprint()


def test_without_both_parts_it_is_two_files(store, tmp_path):
    drawing = next(d for d in fill(store, 20) if not d.held_back)
    images, labels = export_idx(tmp_path / "out", [drawing])
    np.testing.assert_array_equal(read_idx(images)[0], drawing.image)
    assert read_idx(labels).tolist() == [drawing.label]


def test_exported_as_pictures_they_come_back_bit_for_bit(store, tmp_path):
    added = fill(store, 40)
    files = export_pictures(tmp_path / "out", added)
    assert len(files) == 40
    data = load_pictures(tmp_path / "out")
    rows = {np.rint(row * 255).astype(np.uint8).tobytes() for row in (*data.x_train, *data.x_test)}
    expected = {drawing.image.tobytes() for drawing in added}
    turned = {(255 - drawing.image).tobytes() for drawing in added}
    assert rows in (expected, turned)  # noise has no ground that could be told


def test_nothing_is_overwritten_and_nothing_is_something_to_say(store, tmp_path):
    added = fill(store, 3)
    for export in (export_idx, export_pictures):
        assert "no drawings to export" in complaint(export, tmp_path / "none", [])
        files = export(tmp_path / export.__name__, added)
        before = files[0].read_bytes()
        assert "choose an empty folder" in complaint(export, tmp_path / export.__name__, added)
        assert files[0].read_bytes() == before
    (tmp_path / "file").write_text("")
    assert "cannot be" in complaint(export_idx, tmp_path / "file", added)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_pipes_are_neither_read_nor_replaced(store, tmp_path):
    (drawing,) = fill(store, 1)
    pipe = store.folder / "pipe.json"
    os.mkfifo(pipe)
    assert store.kept().unreadable == (pipe,)
    with pytest.raises(DataError, match=r"cannot be written, it is no ordinary file: choose"):
        store.put(replace(drawing, id="pipe"))
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    os.mkfifo(tmp_path / "images-idx3-ubyte.gz")
    (tmp_path / "labels-idx1-ubyte.gz").symlink_to("nowhere")
    assert "is there already" in complaint(export_idx, tmp_path, [drawing])
    (tmp_path / "images-idx3-ubyte.gz").unlink()
    assert "is there already" in complaint(export_idx, tmp_path, [drawing])
