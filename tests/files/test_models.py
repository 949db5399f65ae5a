"""Model files: what is saved comes back, and nothing broken gets in."""

import io
import json
import os
import stat
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network, Recipe
from nnviz.files import ModelError, load_model, save_model
from nnviz.files.models import check_writable

RECIPE = Recipe(layers=(4, 3, 2), seed=5)


def npy(array, **save):
    buffer = io.BytesIO()
    np.save(buffer, array, **save)
    return buffer.getvalue()


def recipe_bytes(**change):
    content = {"format": 1, "recipe": RECIPE.to_dict(), **change}
    return npy(np.frombuffer(json.dumps(content).encode(), np.uint8))


def archive(path, **entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(f"{name}.npy", content)
    return path


@given(
    hidden=st.lists(st.integers(1, 9), max_size=3),
    dtype=st.sampled_from(["float32", "float64"]),
    seed=st.integers(0, 100),
)
def test_a_network_comes_back_byte_for_byte(tmp_path_factory, hidden, dtype, seed):
    path = tmp_path_factory.mktemp("models") / "net.npz"
    network = Network(Recipe(layers=(4, *hidden, 2), dtype=dtype, seed=seed))
    save_model(path, network)
    again = load_model(path)
    assert again.recipe == network.recipe
    assert again.theta.tobytes() == network.theta.tobytes()


def test_saving_replaces_the_old_file_and_leaves_nothing_else_behind(tmp_path):
    path = tmp_path / "net.npz"
    save_model(path, Network(RECIPE))
    save_model(path, Network(Recipe(layers=(4, 2))))
    assert load_model(path).recipe.layers == (4, 2)
    assert [file.name for file in tmp_path.iterdir()] == ["net.npz"]


def test_a_missing_folder_is_one_sentence(tmp_path):
    for write in (lambda path: save_model(path, Network(RECIPE)), check_writable):
        with pytest.raises(ModelError, match="could not be saved"):
            write(tmp_path / "no" / "net.npz")
    with pytest.raises(ModelError, match="is a folder"):
        check_writable(tmp_path)


BAD = {
    "empty": b"",
    "text": b"<html>not found</html>",
    "half a zip": b"PK\x03\x04" + bytes(50),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_what_is_no_model_is_refused(tmp_path, content):
    path = tmp_path / "net.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"is not a network saved by nnviz"):
        load_model(path)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"theta": npy(np.zeros(23, np.float32))}, "recipe is missing"),
        ({"recipe": recipe_bytes()}, "does not hold the 23 parameters"),
        (
            {"recipe": recipe_bytes(), "theta": npy(np.zeros(22, np.float32))},
            "not those its recipe",
        ),
        ({"recipe": recipe_bytes(), "theta": npy(np.zeros(10**6, np.float32))}, "does not hold"),
        ({"recipe": recipe_bytes(), "theta": npy(np.zeros(23, np.int32))}, "not those its recipe"),
        ({"recipe": recipe_bytes(format=2), "theta": npy(np.zeros(23, np.float32))}, "newer"),
        ({"recipe": recipe_bytes(recipe={"layers": [4, 0]}), "theta": b""}, "impossible recipe"),
        ({"recipe": npy(np.zeros(9, np.uint8)), "theta": b""}, "broken"),
        ({"recipe": recipe_bytes(recipe=7), "theta": b""}, "broken"),
        (
            {"recipe": recipe_bytes(), "theta": npy(np.array([{}] * 23), allow_pickle=True)},
            "does not hold|broken",
        ),
    ],
)
def test_a_broken_model_is_refused_in_one_sentence(tmp_path, entries, says):
    path = archive(tmp_path / "net.npz", **entries)
    with pytest.raises(ModelError, match=says) as refusal:
        load_model(path)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("keep", [10, 200, 500])
def test_a_truncated_model_is_refused(tmp_path, keep):
    path = tmp_path / "net.npz"
    save_model(path, Network(RECIPE))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelError):
        load_model(path)


def test_a_missing_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="There is no file"):
        load_model(tmp_path / "net.npz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
@pytest.mark.parametrize("write", [lambda path: save_model(path, Network(RECIPE)), check_writable])
def test_a_pipe_is_never_replaced_by_a_model(tmp_path, write):
    path = tmp_path / "net.npz"
    os.mkfifo(path)
    with pytest.raises(ModelError, match="no ordinary file"):
        write(path)
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert [file.name for file in tmp_path.iterdir()] == ["net.npz"]
