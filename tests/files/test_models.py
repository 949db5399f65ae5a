"""Model files: what is saved comes back with what it means, and nothing broken gets in."""

import errno
import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.description import NOTHING_KNOWN, Column, DataDescription, PictureRule
from nnviz.data.zipped_arrays import BrokenError
from nnviz.engine import Network, Recipe
from nnviz.engine.taught import NONE, drawing, with_drawings
from nnviz.files import ModelError, archives, load_model, save_model
from nnviz.files.descriptions import from_plain, to_plain
from nnviz.files.models import check_writable
from tests.files.refusals import refusal
from tests.sampled import sampled

RECIPE = Recipe(layers=(4, 3, 2), seed=5)
THETA = np.linspace(-1, 1, RECIPE.parameters, dtype=np.float32)
DESCRIPTION = DataDescription(
    class_names=("setosa", "île"),
    inputs=(Column("height", "cm", 12.25, 0.1), Column("b"), Column("c"), Column("d")),
    targets=(Column("species"),),
    target_reason="you chose it",
    target_choices=("b", "species"),
)


def npy(array, **save):
    buffer = io.BytesIO()
    np.save(buffer, array, **save)
    return buffer.getvalue()


def recipe_bytes(**change):
    """The entry `recipe` of today, or with something else in it."""
    content = {"format": 2, "recipe": RECIPE.to_dict(), "description": to_plain(DESCRIPTION)}
    return npy(np.frombuffer(json.dumps({**content, **change}).encode(), np.uint8))


def old_model(path, network):
    """Write a network as nnviz did when files said nothing of the data."""
    recipe = json.dumps({"format": 1, "recipe": network.recipe.to_dict()})
    with path.open("wb") as file:
        np.savez(file, recipe=np.frombuffer(recipe.encode(), np.uint8), theta=network.theta)
    return path


def archive(path, entries, packing=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", packing) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


def good():
    return {"recipe.npy": recipe_bytes(), "theta.npy": npy(THETA)}


def refused(path, says=""):
    """Make sure that a network is refused in one sentence."""
    assert refusal(load_model, ModelError, path, says).isprintable()


def opened(path):
    """Return what is in a file, or None where it is refused in one sentence."""
    try:
        return load_model(path)
    except ModelError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert sentence.isprintable()
    return None


def refused_or_the_same(path):
    """Make sure that a damaged file is refused, or that the damage means nothing."""
    model = opened(path)
    if model is None:
        return False
    assert model.network.recipe == RECIPE
    assert model.network.theta.tobytes() == THETA.tobytes()
    assert model.description == DESCRIPTION
    return True


# -- there and back ---------------------------------------------------------------------------


@given(
    hidden=st.lists(st.integers(1, 9), max_size=3),
    dtype=st.sampled_from(["float32", "float64"]),
    seed=st.integers(0, 100),
)
def test_a_network_comes_back_byte_for_byte(tmp_path_factory, hidden, dtype, seed):
    path = tmp_path_factory.mktemp("models") / "net.npz"
    network = Network(Recipe(layers=(4, *hidden, 2), dtype=dtype, seed=seed))
    save_model(path, network, DESCRIPTION)
    again = load_model(path)
    assert again.network.recipe == network.recipe
    assert again.network.theta.tobytes() == network.theta.tobytes()
    assert again.description == DESCRIPTION


@pytest.mark.parametrize(
    ("description", "layers"),
    [
        (None, (4, 3, 2)),
        (NOTHING_KNOWN, (4, 3, 2)),
        (DataDescription(class_names=("no", "yes")), (4, 1)),
        (DataDescription(image_shape=(8, 8), pictures=PictureRule("scaled", True, 16.0)), (64, 2)),
        (DataDescription(targets=(Column("price", "€", 12.5, 1e6),)), (3, 1)),
    ],
)
def test_what_the_data_mean_comes_back(tmp_path, description, layers):
    save_model(tmp_path / "net.npz", Network(Recipe(layers=layers)), description)
    assert load_model(tmp_path / "net.npz").description == description


def test_numpy_alone_can_read_the_file(tmp_path):
    network = Network(RECIPE)
    save_model(tmp_path / "net.npz", network, DESCRIPTION)
    with np.load(tmp_path / "net.npz", allow_pickle=False) as entries:
        content = json.loads(entries["recipe"].tobytes())
        assert entries["theta"].tobytes() == network.theta.tobytes()
    assert content["format"] == 3
    assert content["description"]["class_names"] == ["setosa", "île"]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_file_of_format_1_still_opens_and_knows_nothing_of_its_data(tmp_path, dtype):
    network = Network(replace(RECIPE, dtype=dtype))
    model = load_model(old_model(tmp_path / "net.npz", network))
    assert model.network.recipe == network.recipe
    assert model.network.theta.tobytes() == network.theta.tobytes()
    assert model.description is None


def test_a_file_that_somebody_packed_again_still_opens(tmp_path):
    assert refused_or_the_same(archive(tmp_path / "net.npz", good(), zipfile.ZIP_DEFLATED))


def test_saving_replaces_the_old_file_and_leaves_nothing_else_behind(tmp_path):
    path = tmp_path / "net.npz"
    save_model(path, Network(RECIPE))
    save_model(path, Network(Recipe(layers=(4, 2))))
    assert load_model(path).network.recipe.layers == (4, 2)
    assert [file.name for file in tmp_path.iterdir()] == ["net.npz"]


def test_a_network_that_was_taught_a_lot_comes_back(tmp_path):
    taught = NONE
    noise = np.random.default_rng(0)
    for label in range(10):
        for _ in range(10):
            taught = with_drawings(taught, [drawing(label, noise.random((28, 28)))])
    network = Network(Recipe(layers=(784, 2, 10), taught=taught))
    save_model(tmp_path / "net.npz", network)
    assert load_model(tmp_path / "net.npz").network.recipe == network.recipe


# -- what cannot be saved ---------------------------------------------------------------------


def test_a_missing_folder_is_one_sentence(tmp_path):
    for write in (lambda path: save_model(path, Network(RECIPE)), check_writable):
        with pytest.raises(ModelError, match="could not be saved"):
            write(tmp_path / "no" / "net.npz")
    with pytest.raises(ModelError, match="is a folder"):
        check_writable(tmp_path)


def test_a_name_that_no_file_can_have_is_found_out_beforehand(tmp_path):
    with pytest.raises(ModelError, match="could not be saved"):
        check_writable(tmp_path / ("n" * 300))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_judged_by_where_it_points_to(tmp_path):
    (tmp_path / "net.npz").symlink_to(tmp_path / "no" / "net.npz")
    with pytest.raises(ModelError, match="could not be saved"):
        check_writable(tmp_path / "net.npz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
@pytest.mark.parametrize("write", [lambda path: save_model(path, Network(RECIPE)), check_writable])
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_is_never_replaced_by_a_model(tmp_path, write, linked):
    path = tmp_path / "net.npz"
    os.mkfifo(path)
    if linked:
        path = tmp_path / "link.npz"
        path.symlink_to("net.npz")
    with pytest.raises(ModelError, match=rf"{path.name} is no ordinary file: choose another name"):
        write(path)
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert len(list(tmp_path.iterdir())) == 1 + linked


def test_weights_that_are_no_numbers_any_more_are_not_saved(tmp_path):
    path = tmp_path / "net.npz"
    save_model(path, Network(RECIPE))
    before = path.read_bytes()
    theta = THETA.copy()
    theta[7] = np.nan
    with pytest.raises(ModelError, match="not numbers any more; go back"):
        save_model(path, Network(RECIPE, theta))
    assert path.read_bytes() == before


# -- what is no model -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"<html>not found</html>", b"PK\x03\x04" + bytes(50), b"PK\x05\x06" + bytes(9)]
)
def test_what_is_no_model_is_refused(tmp_path, content):
    path = tmp_path / "net.npz"
    path.write_bytes(content)
    refused(path, r"is not a network saved by nnviz")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "net.npz"
    path.write_bytes(content)
    refused(path, "is not a network saved by nnviz")


def test_what_is_not_there_or_no_file_is_refused(tmp_path):
    refused(tmp_path / "net.npz", "There is no file")
    refused(tmp_path, "is a folder")
    refused(tmp_path / ("n" * 5000), "cannot be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "no ordinary file")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless device there")
def test_a_link_to_a_device_without_end_is_refused(tmp_path):
    (tmp_path / "net.npz").symlink_to("/dev/zero")
    refused(tmp_path / "net.npz", "no ordinary file")


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not be read"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
        (MemoryError(), "needs more memory than is free"),
        (RecursionError(), "is damaged or incomplete"),
    ],
    ids=repr,
)
def test_a_system_that_refuses_is_one_sentence(tmp_path, monkeypatch, problem, says):
    path = archive(tmp_path / "net.npz", good())

    def refuse(*_args, **_more):
        raise problem

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        refused(path, says)


# -- damaged models ---------------------------------------------------------------------------


def header(text, version=b"\1\0", count=RECIPE.parameters):
    """An entry with any header before so many numbers."""
    length = struct.pack("<H" if version == b"\1\0" else "<I", len(text))
    return b"\x93NUMPY" + version + length + text.encode("latin-1") + bytes(4 * count)


def fields(descr="'<f4'", order="False", shape=f"({RECIPE.parameters},)"):
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n"


CONTENTS = {
    "no recipe": ({"recipe.npy": None}, "recipe is missing"),
    "no theta": ({"theta.npy": None}, "does not hold the 23 parameters"),
    "something else": ({"more.npy": npy(THETA)}, "'more.npy' does not belong there"),
    "a text": ({"note.txt": b"hello"}, "'note.txt' does not belong there"),
    "other names": ({"theta.npy": None, "arr_0.npy": npy(THETA)}, "does not belong"),
    "22 parameters": ({"theta.npy": npy(THETA[:-1])}, "no array of that dtype and shape"),
    "a million": ({"theta.npy": npy(np.zeros(10**6, np.float32))}, "no array of that dtype"),
    "whole numbers": ({"theta.npy": npy(np.zeros(23, np.int32))}, "no array of that dtype"),
    "other floats": ({"theta.npy": npy(np.zeros(23))}, "no array of that dtype and shape"),
    "big-endian": ({"theta.npy": npy(THETA.astype(">f4"))}, "no array of that dtype and shape"),
    "a column": ({"theta.npy": npy(THETA.reshape(23, 1))}, "no array of that dtype and shape"),
    "objects": ({"theta.npy": npy(np.array([{}] * 23), allow_pickle=True)}, "no array"),
    "not finite": ({"theta.npy": npy(np.append(THETA[1:], np.inf).astype("f4"))}, "not numbers"),
    "no array": ({"theta.npy": bytes(300)}, "'theta.npy' is no array"),
    "nothing": ({"theta.npy": b""}, "'theta.npy' is no array"),
    "half a header": ({"theta.npy": npy(THETA)[:60]}, "'theta.npy' is no array"),
    "too few bytes": ({"theta.npy": npy(THETA)[:-1]}, "incomplete"),
    "too many bytes": ({"theta.npy": npy(THETA) + b"x"}, "incomplete"),
    "a newer .npy": ({"theta.npy": header(fields(), b"\4\0")}, "is no array"),
    "a claim beyond memory": (
        {"theta.npy": header(fields(shape="(999999999999999,)"))},
        "no array of that dtype and shape",
    ),
    "a shape below": ({"theta.npy": header(fields(shape="(-23,)"))}, "is no array"),
    "a shape of words": ({"theta.npy": header(fields(shape="'23'"))}, "is no array"),
    "no shape": ({"theta.npy": header("{'descr': '<f4', 'fortran_order': False}\n")}, "no array"),
    "deep brackets": ({"theta.npy": header(fields(shape="(" * 3000))}, "is no array"),
    "deep minus": ({"theta.npy": header(fields(shape="-" * 3000 + "1"))}, "is no array"),
    "no brackets": ({"theta.npy": header("{'descr': (\n")}, "is no array"),
    "half a string": ({"theta.npy": header('{"""\n')}, "is no array"),
    "a kind of lists": ({"theta.npy": header(fields("[('a', '<f4')]"))}, "is no array"),
    "a kind that is none": ({"theta.npy": header(fields("None"))}, "is no array"),
    "a kind of objects": ({"theta.npy": header(fields("'|O'"))}, "no array of that dtype"),
    "a long header": ({"theta.npy": header(fields() + " " * 9999, b"\2\0")}, "is no array"),
    "an endless header": (
        {"theta.npy": b"\x93NUMPY\2\0\xff\xff\xff\xff" + bytes(200)},
        "is no array",
    ),
    "a recipe of numbers": ({"recipe.npy": npy(THETA)}, "no array of that dtype"),
    "a recipe of zeros": ({"recipe.npy": npy(np.zeros(9, np.uint8))}, "damaged"),
    "a recipe of nothing": ({"recipe.npy": npy(np.zeros(0, np.uint8))}, "not written as JSON"),
    "a recipe in brackets": ({"recipe.npy": npy(np.full(10**5, 91, np.uint8))}, "damaged"),
    "no recipe in it": ({"recipe.npy": recipe_bytes(recipe=7)}, "damaged"),
    "an impossible recipe": ({"recipe.npy": recipe_bytes(recipe={"layers": [4, 0]})}, "impossible"),
    "another recipe": (
        {"recipe.npy": recipe_bytes(recipe=replace(RECIPE, layers=(4, 2)).to_dict())},
        "no array of that dtype and shape",
    ),
    "a huge recipe": (
        {"recipe.npy": recipe_bytes(recipe={"layers": [10**5, 10**5]})},
        "impossible recipe",
    ),
    "a recipe to alarm": (
        {"recipe.npy": recipe_bytes(recipe={"layers": [4, 2], "cost": "\x1b[2J\x07" + "x" * 900})},
        "impossible recipe: open another copy",
    ),
    "layers of layers": ({"recipe.npy": recipe_bytes(recipe={"layers": [[4], 2]})}, "impossible"),
    "a huge number": (
        {"recipe.npy": recipe_bytes(recipe={"learning_rate": 10**400})},
        "damaged|impossible",
    ),
    "newer": ({"recipe.npy": recipe_bytes(format=4)}, "newer version of nnviz: update nnviz"),
    "newer, and more in it": (
        {"recipe.npy": recipe_bytes(format=4, recipe=7), "slots.npy": npy(THETA)},
        "newer version of nnviz: update nnviz",
    ),
    "no format": ({"recipe.npy": recipe_bytes(format="2")}, "of no format"),
    "format 0": ({"recipe.npy": recipe_bytes(format=0)}, "of no format"),
    "no description": ({"recipe.npy": recipe_bytes(description=[])}, "description of its data"),
    "a description of others": (
        {"recipe.npy": recipe_bytes(description=to_plain(DataDescription(image_shape=(28, 28))))},
        "does not go with its layers",
    ),
    "a scale of 0": (
        {"recipe.npy": recipe_bytes(description={"inputs": [["a", "", 0, 0]] * 4})},
        "inputs in the description",
    ),
}


@pytest.mark.parametrize(("entries", "says"), CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_model_is_refused_in_one_sentence(tmp_path, entries, says, packing):
    parts = {name: part for name, part in {**good(), **entries}.items() if part is not None}
    refused(archive(tmp_path / "net.npz", parts, packing), says)


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (8, 0x0001, "encrypted"),
        (10, 99, "compressed in a way"),
        (10, zipfile.ZIP_LZMA, "compressed in a way"),
        (10, zipfile.ZIP_BZIP2, "compressed in a way"),
        (10, zipfile.ZIP_DEFLATED, "damaged"),  # but the bytes are stored: zlib fails
        (24, 0xFFFF, "larger than it can be|incomplete|damaged"),
    ],
)
def test_an_entry_of_a_strange_kind_is_refused(tmp_path, place, value, says):
    content = bytearray(archive(tmp_path / "net.npz", good()).read_bytes())
    start = content.rindex(b"theta.npy") - 46
    assert content[start : start + 4] == b"PK\x01\x02"
    content[start + place : start + place + 2] = struct.pack("<H", value)
    (tmp_path / "net.npz").write_bytes(content)
    refused(tmp_path / "net.npz", says)


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_other_kinds_of_compression_are_refused(tmp_path, packing):
    refused(archive(tmp_path / "net.npz", good(), packing), "compressed in a way")


def test_two_entries_of_one_name_are_refused(tmp_path):
    path = archive(tmp_path / "net.npz", good())
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("theta.npy", npy(THETA + 1))
    refused(path, "two entries of the same name")


def test_what_claims_much_takes_no_memory(tmp_path):
    huge = Recipe(layers=(10_000, 9_999, 1))
    entries = {
        "recipe.npy": recipe_bytes(recipe=huge.to_dict(), format=1),
        "theta.npy": header(fields(shape=f"({huge.parameters},)")),
    }
    path = archive(tmp_path / "net.npz", entries)
    bomb = archive(
        tmp_path / "bomb.npz",
        {**good(), "recipe.npy": bytes(archives.LARGEST_JSON + 9999)},
        zipfile.ZIP_DEFLATED,
    )
    tracemalloc.start()
    refused(path, "incomplete")
    refused(bomb, "too large")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 2**20


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_model_cut_off_anywhere_is_refused(tmp_path, packing):
    path = tmp_path / "net.npz"
    content = archive(path, good(), packing).read_bytes()
    for keep in {*range(0, len(content), 37), *range(len(content) - 30, len(content))}:
        path.write_bytes(content[:keep])
        refused(path)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("mask", sampled([0x01, 0x80, 0xFF], every=3))
def test_a_flipped_byte_anywhere_is_refused_or_means_nothing(tmp_path, packing, mask):
    path = tmp_path / "net.npz"
    content = bytearray(archive(path, good(), packing).read_bytes())
    for place in range(mask % 3, len(content), 3):
        content[place] ^= mask
        path.write_bytes(content)
        refused_or_the_same(path)
        content[place] ^= mask


PLACES = st.integers(0, 2**16)


@given(
    flips=st.lists(st.tuples(PLACES, st.integers(1, 255)), max_size=20),
    piece=st.tuples(PLACES, st.integers(0, 300), PLACES),
    packing=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
)
def test_a_model_damaged_in_many_places_is_refused(tmp_path_factory, flips, piece, packing):
    path = archive(tmp_path_factory.mktemp("damaged") / "net.npz", good(), packing)
    content = bytearray(path.read_bytes())
    for place, mask in flips:
        content[place % len(content)] ^= mask
    start, count, at = piece[0] % len(content), piece[1], piece[2] % len(content)
    content[at:at] = content[start : start + count]
    path.write_bytes(content)
    refused_or_the_same(path)


@given(
    place=PLACES,
    text=st.text(alphabet="()[]{}'\",:<>|fFO0123456789-+\n \\#", max_size=12),
    entry=st.sampled_from(["recipe.npy", "theta.npy"]),
)
def test_a_header_that_says_anything_is_refused_or_means_the_same(
    tmp_path_factory, place, text, entry
):
    entries = good()
    content = bytearray(entries[entry])
    at = 8 + place % 100
    content[at : at + len(text)] = text.encode("latin-1")
    path = archive(tmp_path_factory.mktemp("header") / "net.npz", {**entries, entry: content})
    refused_or_the_same(path)


@pytest.mark.parametrize("value", [None, -1, 1.5, "", [], {}, 10**400, "nan", True, [[]]], ids=repr)
def test_a_wrong_value_anywhere_is_refused_or_is_one_that_may_be(tmp_path, value):
    for name in RECIPE.to_dict():
        changed = recipe_bytes(recipe={**RECIPE.to_dict(), name: value})
        path = archive(tmp_path / "net.npz", {**good(), "recipe.npy": changed})
        model = opened(path)
        if model is not None:
            save_model(path, model.network, model.description)
            assert load_model(path).network.recipe == model.network.recipe
    for name in to_plain(DESCRIPTION):
        changed = recipe_bytes(description={**to_plain(DESCRIPTION), name: value})
        path = archive(tmp_path / "net.npz", {**good(), "recipe.npy": changed})
        model = opened(path)
        if model is not None:
            save_model(path, model.network, model.description)
            assert load_model(path).description == model.description


@pytest.mark.parametrize("name", ["circles:features=x1^2+x2^2", "sine:features=x1+sinx1", "spiral"])
def test_a_network_knows_the_features_that_its_inputs_are(tmp_path, name):
    data = load_dataset(name)
    recipe = Recipe(layers=(data.inputs, 3, 1), dataset=name)
    save_model(tmp_path / "net.npz", Network(recipe), data.description)
    model = load_model(tmp_path / "net.npz")
    assert model.description == data.description
    assert (model.description.features_of(data.test_points) == data.x_test).all()


@pytest.mark.parametrize(
    "features", [[], 3, [2], [2, []], [3, ["x1"]], [1, ["x2"]], [2, ["x2", "x1"]], [2, ["x1", 4]]]
)
def test_impossible_features_are_refused(features):
    data = load_dataset("line")
    changed = {**to_plain(data.description), "features": features}
    with pytest.raises(BrokenError, match="the features in the description of its data are bad"):
        from_plain(changed)
