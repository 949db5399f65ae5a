import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from nnviz import paths
from nnviz.data.digits_cache import GENERATIONS, NEWEST, load_digits, made_from
from tests.data.cancelling import Cancelled, cancel_at_half
from tests.sampled import sampled

SMALL = {"train": 60, "test": 20}


def the_file():
    (path,) = paths.cache_folder().iterdir()
    return path


def same(first, second):
    return all(
        getattr(first, name).tobytes() == getattr(second, name).tobytes()
        for name in ("x_train", "y_train", "x_test", "y_test")
    )


FINGERPRINTS = {
    3: "d36ec19ffe5da0d7feddfdccf158021c1b994183ae637e7358d32c48cc105228",
    4: "3d1e9f6ddef3bdb8bdeb061e8536250edf22d4a7038cb28f1dd7c39c457f92bb",
}
"""Of 1,200 digits of each generation and 60 to test with, as they were when it came."""
PRINT_THEM = """
from nnviz.data.digits_cache import load_digits
for generation in (3, 4):
    print(load_digits(train=1200, test=60, generation=generation).fingerprint())
"""


@pytest.mark.parametrize("generation", FINGERPRINTS)
def test_the_digits_of_a_generation_are_what_they_were_when_it_came(generation):
    found = load_digits(train=1200, test=60, generation=generation).fingerprint()
    assert found == FINGERPRINTS[generation]


NEEDED = {"Haswell": "AVX2", "SkylakeX": "AVX512F"}
"""Instructions without which a kind of kernels cannot run."""


@pytest.mark.parametrize(
    "kernels",
    sampled(["Prescott", "Nehalem", "Haswell", "SkylakeX", "ARMV8", "NEOVERSEN1"], every=3),
)
@pytest.mark.parametrize("vectors", [True, False])
def test_digits_are_the_same_on_other_kinds_of_processors(kernels, vectors, tmp_path):
    features = np._core._multiarray_umath  # those of this processor that NumPy can do without
    if not features.__cpu_features__.get(NEEDED.get(kernels, ""), True):
        pytest.skip(f"this processor cannot run what is made for {kernels}")
    spare = [name for name in features.__cpu_dispatch__ if features.__cpu_features__[name]]
    kind = {"OPENBLAS_CORETYPE": kernels, "XDG_CACHE_HOME": str(tmp_path)}
    if not vectors:
        kind["NPY_DISABLE_CPU_FEATURES"] = " ".join(spare)
        kind["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F"
    order = [sys.executable, "-c", PRINT_THEM]
    found = subprocess.run(
        order, env=os.environ | kind, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    assert found.split() == list(FINGERPRINTS.values())


def test_digits_that_had_other_bytes_on_some_processors_are_known():
    assert made_from("19f492062f7e7264bedfb18e52eb2b0f0e6a3c08f03983d2b244901c8bd9598e") == (
        load_digits(later=True).made
    )
    third = made_from("eba48f0989e9cdd882ac5ac5c2405c17d39b6c09f840523dbc3249afba76d8ad")
    assert third == load_digits(**SMALL, generation=3).made.replace("60 ", "60000 ").replace(
        "20 ", "5000 "
    )
    assert made_from("0" * 64) == ""


def test_what_digits_are_made_from_tells_them_apart():
    made = [
        load_digits(**wish).made
        for wish in (
            SMALL,
            SMALL | {"seed": 1},
            SMALL | {"generation": 3},
            {"train": 30, "test": 20},
        )
    ]
    assert len(set(made)) == 4


@pytest.fixture
def makings(monkeypatch):
    """List every making of digits."""
    made = []
    for generation, original in GENERATIONS.items():

        def counted(count, *arguments, original=original):
            made.append(count)
            return original(count, *arguments)

        monkeypatch.setitem(GENERATIONS, generation, counted)
    return made


def test_a_data_set_of_digits():
    data = load_digits(**SMALL)
    assert data.name == "digits"
    assert data.x_train.shape == (60, 784)
    assert data.x_test.shape == (20, 784)
    assert data.y_test.shape == (20, 10)
    assert data.x_train.dtype == np.float32
    assert data.x_train.min() == 0
    assert data.x_train.max() == 1
    assert data.image_shape == (28, 28)
    assert data.class_names == tuple("0123456789")
    assert np.bincount(data.train_labels).tolist() == [6] * 10


def test_the_second_time_they_come_from_the_cache(makings):
    first = load_digits(**SMALL)
    assert makings == [60, 20]
    told = []
    second = load_digits(**SMALL, progress=lambda *told_: told.append(told_))
    assert makings == [60, 20]
    assert told == []
    assert same(first, second)


def test_seeds_and_sizes_do_not_share_a_cache(makings):
    first = load_digits(**SMALL)
    second = load_digits(**SMALL, seed=1)
    assert not same(first, second)
    load_digits(train=50, test=20)
    assert len(makings) == 6
    assert len(list(paths.cache_folder().iterdir())) == 3


def test_more_training_digits_leave_the_test_digits_alone():
    few, many = load_digits(train=30, test=20), load_digits(train=60, test=20)
    assert few.x_test.tobytes() == many.x_test.tobytes()


def test_test_digits_are_other_digits():
    data = load_digits(train=60, test=60)
    rows = {row.tobytes() for row in data.x_train}
    assert not any(row.tobytes() in rows for row in data.x_test)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_each_generation_has_a_name_digits_and_a_cache_of_its_own(makings, generation):
    data = load_digits(**SMALL, generation=generation)
    assert data.name == ("digits" if generation == NEWEST else f"digits-{generation}")
    assert the_file().name == f"digits-{generation}-0-60-20.npz"
    assert same(load_digits(**SMALL, generation=generation), data)
    assert len(makings) == 2
    for other in GENERATIONS.keys() - {generation}:
        assert not same(load_digits(**SMALL, generation=other), data)


def test_a_new_generation_drops_the_caches_of_older_ones_alone():
    load_digits(**SMALL, generation=NEWEST - 1)
    others = [paths.cache_folder() / name for name in ("digits-99-0-60-20.npz", "mnist.npz")]
    for other in others:
        other.write_bytes(b"kept")
    load_digits(**SMALL)
    kept = {path.name for path in paths.cache_folder().iterdir()}
    assert kept == {f"digits-{NEWEST}-0-60-20.npz", *(other.name for other in others)}
    load_digits(**SMALL, generation=NEWEST - 1)
    assert len(list(paths.cache_folder().iterdir())) == 4


def spoil_nothing(path):
    path.write_bytes(b"")


def spoil_half(path):
    path.write_bytes(path.read_bytes()[:1000])


def spoil_bytes(path):
    content = bytearray(path.read_bytes())
    content[2000:2100] = bytes(100 * [77])
    path.write_bytes(content)


def spoil_foreign(path):
    path.write_bytes(b"not an archive at all" * 100)


def spoil_names(path):
    with path.open("wb") as file:
        np.savez(file, other=np.zeros(3))


def spoil_shapes(path):
    with path.open("wb") as file:
        np.savez(
            file,
            train_images=np.zeros((1, 28, 28), dtype=np.uint8),
            train_labels=np.zeros(1, dtype=np.uint8),
            test_images=np.zeros((1, 28, 28), dtype=np.uint8),
            test_labels=np.zeros(1, dtype=np.uint8),
        )


def spoil_labels(path):
    with np.load(path) as kept:
        arrays = dict(kept)
    arrays["train_labels"] = np.full_like(arrays["train_labels"], 200)
    with path.open("wb") as file:
        np.savez(file, **arrays)


def spoil_with_pickle(path):
    with path.open("wb") as file:
        np.savez(
            file,
            train_images=np.array([{"a": 1}], dtype=object),
            train_labels=np.zeros(60, dtype=np.uint8),
            test_images=np.zeros((20, 28, 28), dtype=np.uint8),
            test_labels=np.zeros(20, dtype=np.uint8),
        )


def spoil_array(path):
    with path.open("wb") as file:
        np.save(file, np.zeros(3))


def spoil_with_encryption(path):
    content = bytearray(path.read_bytes())
    place = content.rindex(b"test_labels.npy") - 46
    content[place + 8] |= 1
    path.write_bytes(content)


def spoil_with_strange_packing(path):
    content = bytearray(path.read_bytes())
    place = content.rindex(b"test_labels.npy") - 46
    content[place + 10] = 99
    path.write_bytes(content)


def spoil_header(path):
    with zipfile.ZipFile(path, "w") as file:
        header = b"-" * 9000 + b"1\n"
        length = len(header).to_bytes(2, "little")
        file.writestr("train_images.npy", b"\x93NUMPY\1\0" + length + header)


def spoil_age(path):
    with np.load(path) as kept:
        arrays = {name: kept[name] for name in kept if name != "portable"}
    with path.open("wb") as file:
        np.savez(file, **arrays)


def spoil_place(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_nothing,
        spoil_half,
        spoil_bytes,
        spoil_foreign,
        spoil_array,
        spoil_names,
        spoil_shapes,
        spoil_labels,
        spoil_with_pickle,
        spoil_with_encryption,
        spoil_with_strange_packing,
        spoil_header,
        spoil_age,
        spoil_place,
    ],
)
def test_a_spoilt_cache_is_made_again(makings, spoil):
    good = load_digits(**SMALL)
    spoil(the_file())
    assert same(load_digits(**SMALL), good)
    assert len(makings) == 4
    if spoil is not spoil_place:
        assert same(load_digits(**SMALL), good)
        assert len(makings) == 4


def test_a_folder_that_cannot_be_made_does_not_matter(makings):
    paths.cache_folder().parent.mkdir(exist_ok=True)
    paths.cache_folder().write_text("a file in the way")
    first = load_digits(**SMALL)
    assert same(load_digits(**SMALL), first)
    assert len(makings) == 4


def test_a_full_disk_does_not_matter(monkeypatch):
    def full(file, *_args, **_kwargs):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert load_digits(**SMALL).x_train.shape == (60, 784)
    assert list(paths.cache_folder().iterdir()) == []


def test_cancelling_leaves_no_cache():
    with pytest.raises(Cancelled):
        load_digits(**SMALL, progress=cancel_at_half)
    assert not paths.cache_folder().exists()


def test_progress_rises_over_both_parts():
    parts = []
    load_digits(**SMALL, progress=lambda part, _word: parts.append(part))
    assert parts == sorted(parts)
    assert parts[-1] == pytest.approx(1)
