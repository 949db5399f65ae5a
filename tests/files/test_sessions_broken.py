"""Broken session files: whatever their bytes, one sentence, or the session that was saved."""

import errno
import io
import json
import os
import pickle
import struct
import tracemalloc
import zipfile
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network, Recipe
from nnviz.files import sessions
from nnviz.files.archives import npy_header
from nnviz.files.models import save_model
from nnviz.files.sessions import LARGEST_JSON, SessionError, load_session, save_session
from tests.files.records import differences, rich, small
from tests.files.refusals import refusal
from tests.sampled import sampled

PLACES = st.integers(0, 2**16)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Session files as they are saved: a small one and a rich one."""
    folder = tmp_path_factory.mktemp("saved")
    contents = {}
    for name, session in (("small", small()), ("rich", rich())):
        save_session(folder / name, session)
        contents[name] = (folder / name).read_bytes()
    return contents


@pytest.fixture(scope="module")
def small_file(tmp_path_factory, saved):
    """The small one where it can be read again: a path is short where a test tells its values."""
    path = tmp_path_factory.mktemp("small") / "run.nnviz"
    path.write_bytes(saved["small"])
    return path


def refused(path, says=""):
    """Make sure that a session is refused in one sentence."""
    return refusal(load_session, SessionError, path, says)


def opened(path):
    """Return the session in a file, or None where it is refused in one sentence."""
    try:
        return load_session(path)
    except SessionError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return None


def refused_or_the_same(path, session):
    found = opened(path)
    assert found is None or differences(session, found) == []


def test_a_file_cut_off_anywhere_is_refused(tmp_path, saved):
    path = tmp_path / "run.nnviz"
    for content in saved.values():
        for keep in {*range(0, len(content), 37), *range(len(content) - 30, len(content))}:
            path.write_bytes(content[:keep])
            refused(path)


@pytest.mark.parametrize("mask", sampled([0x01, 0x80, 0xFF], every=3))
def test_a_flipped_byte_anywhere_is_refused_or_means_nothing(tmp_path, mask):
    session, path = small(), tmp_path / "run.nnviz"
    save_session(path, session)
    content = bytearray(path.read_bytes())
    for place in range(mask % 3, len(content), 3):
        content[place] ^= mask
        path.write_bytes(content)
        refused_or_the_same(path, session)
        content[place] ^= mask


@given(
    flips=st.lists(st.tuples(PLACES, st.integers(1, 255)), max_size=20),
    piece=st.tuples(PLACES, st.integers(0, 300), PLACES),
)
def test_a_file_damaged_in_many_places_is_refused(tmp_path_factory, small_file, flips, piece):
    content = bytearray(small_file.read_bytes())
    for place, mask in flips:
        content[place % len(content)] ^= mask
    start, count, at = piece[0] % len(content), piece[1], piece[2] % len(content)
    content[at:at] = content[start : start + count]
    path = tmp_path_factory.mktemp("damaged") / "run.nnviz"
    path.write_bytes(content)
    refused_or_the_same(path, load_session(small_file))


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "run.nnviz"
    path.write_bytes(content)
    refused(path, "is not a session saved by nnviz")


def test_every_flipped_bit_of_an_array_is_found(tmp_path, saved):
    path = tmp_path / "run.nnviz"
    content = bytearray(saved["rich"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("now/slots.npy")
    first = entry.header_offset + 30 + len(entry.filename)
    for place in range(first, first + entry.file_size, 5):
        content[place] ^= 1 << place % 8
        path.write_bytes(content)
        refused(path, "damaged")
        content[place] ^= 1 << place % 8


# -- archives of other makes ------------------------------------------------------------------


def rewrite(path, saved, entries=None, alter=None, keep=lambda name: True, packing=0):
    """Write a session file with other entries, or with altered plain values."""
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    if alter is not None:
        content = json.loads(contents["session.json"])
        alter(content)
        contents["session.json"] = json.dumps(content).encode()
    contents.update(entries or {})
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in contents.items():
            if keep(name):
                archive.writestr(name, content)
    return path


def npy(array):
    """An entry as nnviz writes it."""
    return npy_header(array.dtype.name, array.shape) + array.tobytes()


def pickled():
    """An entry of objects, as large as that of 26 parameters."""
    buffer = io.BytesIO()
    np.save(buffer, np.array([{}], object), allow_pickle=True)
    return buffer.getvalue()[:128] + pickle.dumps({}).ljust(104, b".")


def declare(name, dtype, shape):
    """Say in the plain values that an array is something else."""

    def alter(content):
        content["arrays"][name] = [dtype, shape]

    return alter


def put(*way, value):
    """Put a value at some place of the plain values."""

    def alter(content):
        for key in way[:-1]:
            content = content[key]
        content[way[-1]] = value

    return alter


def remove(*way):
    def alter(content):
        for key in way[:-1]:
            content = content[key]
        del content[way[-1]]

    return alter


def test_rewriting_alone_changes_nothing(tmp_path, saved):
    path = rewrite(tmp_path / "run.nnviz", saved["rich"], alter=lambda content: None)
    assert load_session(path).record.current == 2


ENTRIES = {
    "no JSON": ({"session.json": b"{]"}, "not written as JSON"),
    "no text": ({"session.json": b"\xff\xfe\xfd"}, "damaged"),
    "empty": ({"session.json": b""}, "not written as JSON"),
    "a list": ({"session.json": b"[1]"}, "not a session saved by nnviz"),
    "other": ({"session.json": b'{"name": "x"}'}, "not a session saved by nnviz"),
    "nothing else": ({"session.json": b'{"format": 1}'}, "damaged"),
    "a truth": ({"session.json": b'{"format": true}'}, "not a session saved by nnviz"),
    "nan": ({"session.json": b'{"format": 1, "x": NaN}'}, "says NaN, which is no JSON"),
    "deep": ({"session.json": b"[" * 10**6}, "damaged"),
    "deep objects": ({"session.json": b'{"format":' * 10**5}, "damaged"),
    "long number": ({"session.json": b'{"format": ' + b"9" * 9999 + b"}"}, "damaged"),
    "long version": ({"session.json": b'{"format": ' + b"9" * 999 + b"}"}, "newer version"),
    "large": ({"session.json": b" " * (LARGEST_JSON + 1)}, "too large"),
    "one more": ({"more.npy": npy(np.zeros(3))}, "'more.npy' does not belong there"),
    "pickle": ({"theta.npy": pickled()}, "no array of that dtype and shape"),
    "long pickle": ({"theta.npy": pickled() * 9}, "has 2\u202f088 bytes instead of 232"),
    "other numbers": ({"theta.npy": npy(np.zeros(13))}, "no array of that dtype and shape"),
    "no npy": ({"theta.npy": bytes(232)}, "is no array"),
    "too short": ({"theta.npy": npy(np.zeros(25, np.float32))}, "has 228 bytes instead of 232"),
}


@pytest.mark.parametrize(("entries", "says"), ENTRIES.values(), ids=ENTRIES)
def test_a_wrong_entry_is_refused(tmp_path, saved, entries, says):
    refused(rewrite(tmp_path / "run.nnviz", saved["rich"], entries), says)


def test_every_missing_array_is_named(tmp_path, saved):
    with zipfile.ZipFile(io.BytesIO(saved["rich"])) as archive:
        names = [name for name in archive.namelist() if name != "session.json"]
    for name in names:
        path = rewrite(tmp_path / "run.nnviz", saved["rich"], keep=lambda n: n != name)  # noqa: B023
        refused(path, f"'{name}' is missing")
        path = rewrite(
            tmp_path / "run.nnviz",
            saved["rich"],
            alter=remove("arrays", name),
            keep=lambda n: n != name,  # noqa: B023
        )
        refused(path, f"'{name}' is missing")


VALUES = {
    "newer": (put("format", value=5), "newer version of nnviz: update nnviz"),
    "older": (put("format", value=0), "too old"),
    "negative": (put("format", value=-7), "too old"),
    "fractional format": (put("format", value=1.0), "not a session saved by nnviz"),
    "impossible recipe": (put("recipes", 0, "layers", value=[3, 0, 2]), "impossible recipe: A lay"),
    "huge recipe": (put("recipes", 0, "layers", value=[10**5] * 3), "impossible recipe: This net"),
    "recipe of two lines": (put("recipes", 0, "cost", value="a\nb"), "impossible recipe: There"),
    "recipe of a long word": (put("recipes", 0, "cost", value="x" * 9999), "impossible recipe: o"),
    "unknown field": (put("recipes", 0, "magic", value=1), "'magic'"),
    "recipe of infinity": (put("recipes", 0, "l2", value=10**400), "damaged"),
    "taught no drawing": (put("recipes", 0, "taught", value="7:AAAA"), "drawings .* are damaged"),
    "taught a number": (put("recipes", 0, "taught", value=7), "must be a name"),
    "recipe is a list": (put("recipes", 0, value=[]), "damaged"),
    "larger network": (put("recipes", 0, "layers", value=[30, 4, 2]), "instead of 134 float32"),
    "larger than the file": (
        put("recipes", 0, "layers", value=[10**5, 1000, 2]),
        "instead of 100\u202f003\u202f002 float32",
    ),
    "other precision": (put("recipes", 0, "dtype", value="float64"), "26 float32 instead of 26"),
    "fewer slots": (put("recipes", 0, "optimiser", value="sgd"), "2 × 26 float32 instead of 0"),
    "claim of another shape": (
        declare("theta.npy", "float32", [13, 2]),
        "13 × 2 float32 instead of 26",
    ),
    "claim of another dtype": (declare("theta.npy", "float64", [13]), "13 float64 instead of 26"),
    "claim of too much": (
        declare("theta.npy", "float32", [10**12]),
        "bytes instead of 4\u202f000\u202f000",
    ),
    "claim of overflow": (declare("theta.npy", "float32", [2**63, 2**63]), "bytes instead of"),
    "claim of below": (declare("theta.npy", "float32", [-26]), "impossible shape"),
    "claim of a fraction": (declare("theta.npy", "float32", [26.0]), "impossible shape"),
    "claim of a truth": (declare("theta.npy", "float32", [True]), "impossible shape"),
    "claim of objects": (declare("theta.npy", "object", [26]), "unknown kind"),
    "claim of many": (declare("theta.npy", "float32", [1] * 99), "unknown kind"),
    "claim of nothing": (put("arrays", "theta.npy", value=None), "damaged"),
    "claims in a list": (put("arrays", value=[]), "damaged"),
    "no claims": (remove("arrays"), "damaged"),
    "no recipe": (remove("recipe"), "damaged"),
    "row beyond": (put("recipe", value=99), "no row 99"),
    "row below": (put("recipe", value=-1), "says -1 where a whole number"),
    "no branches": (put("branches", value=[]), "does not belong there"),
    "branches of text": (put("branches", value="abc"), "damaged"),
    "one branch less": (remove("branches", 5), "'branches/5/.*' does not belong there"),
    "first of another number": (put("branches", 0, "number", value=7), "first branch"),
    "first with a parent": (put("branches", 0, "parent", value=1), "first branch"),
    "same number": (put("branches", 2, "number", value=1), "the same number"),
    "child first": (put("branches", 1, "parent", value=6), "before the one it left"),
    "own child": (put("branches", 1, "parent", value=1), "before the one it left"),
    "second root": (put("branches", 1, "parent", value=-1), "before the one it left"),
    "begins nowhere": (put("branches", 0, "reached", value=9), "not in order|never"),
    "ends early": (put("branches", 2, "reached", value=16), "ends before it begins"),
    "left late": (put("branches", 2, "left_at", value=41), "left beyond its end"),
    "starts elsewhere": (put("branches", 2, "start", value=18), "not begin with a change"),
    "negative step": (put("branches", 2, "start", value=-1), "says -1 where a whole number"),
    "huge step": (put("branches", 2, "reached", value=10**30), "where a whole number"),
    "fractional step": (put("branches", 2, "start", value=17.0), "says 17.0 where a whole"),
    "true step": (put("branches", 2, "start", value=True), "says true where a whole number"),
    "name of numbers": (put("branches", 2, "name", value=7), "says 7 where a text belongs"),
    "costs elsewhere": (put("branches", 2, "costs", "origin", value=1), "elsewhere"),
    "costs of the future": (put("branches", 2, "costs", "stride", value=9), "never trained"),
    "stride of nothing": (put("branches", 2, "costs", "stride", value=0), "whole number"),
    "made as one with the start": (put("branches", 1, "with_last", value=True), "as one are none"),
    "made as one elsewhere": (put("branches", 2, "with_last", value=True), "as one are none"),
    "made as one with nothing": (put("branches", 0, "with_last", value=True), "not the first"),
    "made as one with 2": (put("branches", 2, "with_last", value=2), "neither true nor false"),
    "no change": (put("branches", 2, "change", value=None), "not begin with a change"),
    "change of layers": (put("branches", 2, "change", "name", value="layers"), "cannot change"),
    "change of nothing": (put("branches", 2, "change", "name", value="magic"), "damaged"),
    "change of kind": (put("branches", 2, "change", "value", value="9"), "where a number belongs"),
    "change to a list": (put("branches", 2, "change", "value", value=[9]), "a list where a number"),
    "impossible change": (put("branches", 2, "change", "value", value=0), "impossible recipe"),
    "other change": (put("branches", 2, "change", "value", value=8), "another recipe"),
    "parameters without values": (put("branches", 2, "change", "name", value="theta"), "missing"),
    "keyframes out of order": (
        put("branches", 2, "keyframes", 0, "steps", value=23),
        "keyframes of a branch are not in order",
    ),
    "keyframe too late": (put("branches", 2, "keyframes", 1, "steps", value=41), "not in order"),
    "keyframe before": (put("branches", 2, "keyframes", 0, "steps", value=16), "not in order"),
    "keyframe of others": (put("branches", 2, "keyframes", 0, "changes", value=1), "other changes"),
    "keyframe of a recipe": (put("branches", 2, "keyframes", 0, "recipe", value=0), "another rec"),
    "missing field": (remove("branches", 2, "keyframes", 0, "pace", "eta"), "other fields"),
    "field too many": (put("now", "pace", "more", value=1), "other fields"),
    "no pace": (put("now", "pace", value=None), "damaged"),
    "pace of nan": (put("now", "pace", "eta", value="nan"), "impossible learning rate"),
    "pace of words": (put("now", "pace", "eta", value="fast"), 'says "fast" where a number'),
    "pace of a huge int": (put("now", "pace", "eta", value=10**400), "where a number belongs"),
    "edits beyond": (put("now", "edits", value=[2]), "no row 2"),
    "current missing": (put("current", value=3), "looked at is missing"),
    "now too late": (put("now", "steps", value=41), "never trained"),
    "now of others": (put("now", "changes", value=1), "other changes"),
    "now before a change": (put("now", "steps", value=16), "other changes"),
    "phases beyond": (put("phases", value=9), "fewer phases"),
    "redo missing": (put("redo", value=[3]), "made again is missing"),
    "redo twice": (put("redo", value=[5, 5]), "made again twice"),
    "view of text": (put("view", value="x"), "view"),
    "marks twice": (put("marks", 1, "name", value="digits"), "marked twice"),
    "marks missing": (remove("marks", 2), "not marked"),
    "a mark without a description": (remove("marks", 0, "description"), "other fields"),
    "made from a number": (put("marks", 0, "made", value=4), "a text belongs"),
    "a description of nothing": (put("marks", 0, "description", value=[]), "description"),
    "a description of others": (
        put("marks", 0, "description", "class_names", value=["a", "b", "c"]),
        "does not go with the layers",
    ),
    "no fingerprint": (put("marks", 1, "fingerprint", value="x" * 64), "fingerprint"),
    "empty epoch_layout": (put("calendars", 0, value=[]), "incomplete"),
    "epoch_layout without end": (remove("calendars", 0, -1), "incomplete"),
    "epoch_layout in the middle": (put("calendars", 0, 0, "step", value=3), "incomplete"),
    "epoch_layout of nothing": (put("calendars", 0, 0, "count", value=0), "in no epoch"),
    "minibatch of nothing": (put("calendars", 0, 0, "size", value=0), "impossible minibatches"),
    "too large minibatch": (
        put("calendars", 0, 0, "size", value=101),
        "impossible minibatches",
    ),
    "epoch_layout of nan": (put("calendars", 0, 0, "epoch", value="nan"), "impossible epochs"),
    "epoch_layout backwards": (put("calendars", 0, 1, "step", value=0), "do not join"),
    "epoch_layout with a gap": (put("calendars", 0, 2, "step", value=50), "do not join"),
    "epoch_layout of other epochs": (put("calendars", 0, 2, "epoch", value=3.0), "do not join"),
}


@pytest.mark.parametrize(("alter", "says"), VALUES.values(), ids=VALUES)
def test_a_wrong_value_is_refused(tmp_path, saved, alter, says):
    refused(rewrite(tmp_path / "run.nnviz", saved["rich"], alter=alter), says)


def places(content, way=()):
    """Every place of the plain values."""
    if way:
        yield way
    if isinstance(content, dict | list):
        for key in content if isinstance(content, dict) else range(len(content)):
            yield from places(content[key], (*way, key))


@pytest.mark.parametrize(
    "value", sampled([None, -1, 1.5, "", [], {}, 10**400, "nan", True], every=2), ids=repr
)
def test_a_wrong_value_anywhere_is_refused_or_is_one_that_may_be(tmp_path, saved, value):
    with zipfile.ZipFile(io.BytesIO(saved["small"])) as archive:
        content = json.loads(archive.read("session.json"))
    ways = list(places(content))
    assert len(ways) > 150
    for way in ways:
        path = rewrite(tmp_path / "run.nnviz", saved["small"], alter=put(*way, value=value))
        found = opened(path)
        if found is not None:
            save_session(path, found)
            assert differences(found, load_session(path)) == []


def test_indices_of_parameters_that_are_not_there_are_refused(tmp_path, saved):
    for index in (-1, 26, 2**62):
        entry = {"branches/3/indices.npy": npy(np.array([0, 1, index]))}
        refused(rewrite(tmp_path / "run.nnviz", saved["rich"], entry), "does not have")


@pytest.mark.parametrize("step", [np.nan, np.inf, -1.0, 0.5, 1e300])
def test_evaluations_of_impossible_steps_are_refused(tmp_path, saved, step):
    entry = {"branches/0/evaluations.npy": npy(np.full((2, 14), step))}
    refused(rewrite(tmp_path / "run.nnviz", saved["rich"], entry), "damaged")


def test_evaluations_out_of_order_are_refused(tmp_path, saved):
    rows = np.zeros((2, 14))
    rows[0, 0] = 5
    entry = {"branches/0/evaluations.npy": npy(rows)}
    refused(rewrite(tmp_path / "run.nnviz", saved["rich"], entry), "evaluations .* not in order")


# -- archives made to harm --------------------------------------------------------------------


def test_a_bomb_is_refused_before_it_takes_memory(tmp_path, saved):
    bomb = rewrite(
        tmp_path / "run.nnviz",
        saved["small"],
        {"session.json": b" " * (LARGEST_JSON + 1), "theta.npy": bytes(2**26)},
        packing=zipfile.ZIP_DEFLATED,
    )
    tracemalloc.start()
    refused(bomb, "too large")
    content = bytearray(bomb.read_bytes())
    with zipfile.ZipFile(bomb) as archive:
        place = content.rindex(b"session.json") - 46
        assert content[place : place + 4] == b"PK\x01\x02"
        assert len(archive.namelist()) > 2
    content[place + 24 : place + 28] = struct.pack("<I", 100)  # it lies about its size
    bomb.write_bytes(content)
    refused(bomb, "not a session|damaged")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 2**20


def test_a_claim_larger_than_the_file_takes_no_memory(tmp_path, saved):
    def alter(content):
        content["recipes"][0]["layers"] = [10**4, 10**4]
        content["arrays"]["theta.npy"] = ["float32", [10**8 + 10**4]]

    path = rewrite(tmp_path / "run.nnviz", saved["rich"], alter=alter)
    tracemalloc.start()
    refused(path, "bytes instead of 400\u202f040\u202f128")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 2**20


def test_compressed_arrays_are_refused(tmp_path, saved):
    path = rewrite(tmp_path / "run.nnviz", saved["rich"], packing=zipfile.ZIP_DEFLATED)
    refused(path, "compressed, which nnviz never does")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_kinds_of_compression_are_refused(tmp_path, saved, packing):
    path = rewrite(tmp_path / "run.nnviz", saved["rich"], packing=packing)
    refused(path, "compressed in a way")


def test_two_entries_of_one_name_are_refused(tmp_path, saved):
    path = tmp_path / "run.nnviz"
    path.write_bytes(saved["small"])
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("theta.npy", npy(np.zeros(2, np.float32)))
    refused(path, "two entries of the same name")


def test_entries_that_overlap_are_refused(tmp_path, saved):
    content = bytearray(saved["rich"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = struct.pack("<II", len(content), len(content))
        entries = [info.filename.encode() for info in archive.infolist()]
    for name in entries:
        place = content.rindex(name) - 46
        content[place + 20 : place + 28] = size
    path = tmp_path / "run.nnviz"
    path.write_bytes(content)
    refused(path, "larger than the file")


def test_an_encrypted_entry_is_refused(tmp_path, saved):
    content = bytearray(saved["small"])
    place = content.rindex(b"session.json") - 46
    content[place + 8] |= 1
    path = tmp_path / "run.nnviz"
    path.write_bytes(content)
    refused(path, "damaged")


# -- files of other kinds ---------------------------------------------------------------------


def test_a_missing_file_is_refused(tmp_path):
    refused(tmp_path / "run.nnviz", "There is no file .*: check the name")


def test_a_folder_is_refused(tmp_path):
    refused(tmp_path, "is a folder: give the name")


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    refused(tmp_path / ("n" * 5000), "cannot be read")
    refused(tmp_path / "a\x00b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "no ordinary file")


def test_a_model_and_an_empty_archive_are_refused(tmp_path):
    save_model(tmp_path / "net.npz", Network(Recipe(layers=(2, 1))))
    refused(tmp_path / "net.npz", "is not a session saved by nnviz")
    zipfile.ZipFile(tmp_path / "empty", "w").close()
    refused(tmp_path / "empty", "is not a session saved by nnviz")


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "may not be read"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
        (OSError("strange"), "cannot be read: it is damaged"),
        (MemoryError(), "needs more memory than is free"),
        (RecursionError(), "is damaged or incomplete"),
    ],
    ids=repr,
)
def test_a_system_that_refuses_is_one_sentence(tmp_path, saved, monkeypatch, problem, says):
    path = tmp_path / "run.nnviz"
    path.write_bytes(saved["small"])

    def refuse(*_args, **_more):
        raise problem

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        refused(path, says)


def test_a_format_is_read_until_it_is_given_up(tmp_path, saved, monkeypatch):
    def earlier(content):
        content["format"] = 2
        del content["marks"][0]["made"]

    path = rewrite(tmp_path / "run.nnviz", saved["small"], alter=earlier)
    assert load_session(path).record.recipe.layers
    monkeypatch.setattr(sessions, "_OLDEST", 3)
    refused(path, "too old for this one")


@pytest.mark.parametrize("share", [-0.5, 1.5, inf])
def test_impossible_accuracies_on_parts_are_refused(tmp_path, saved, share):
    rows = np.zeros((2, 16))
    rows[:, 0], rows[:, 14:] = (0, 1), (0.5, share)
    name = "branches/0/evaluations.npy"
    path = rewrite(
        tmp_path / "run.nnviz",
        saved["rich"],
        {name: npy(rows)},
        put("arrays", name, value=["float64", [2, 16]]),
    )
    refused(path, "more right answers than there")
