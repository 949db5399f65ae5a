"""IDX files for the tests of this folder."""

import struct

import numpy as np


def idx_bytes(array, type_code=8):
    array = np.asarray(array, dtype=np.uint8)
    head = bytes([0, 0, type_code, array.ndim])
    return head + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def put_digits(folder, data):
    """Write the digits of a data set as four files."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, x, labels in (
        ("train", data.train_inputs, data.train_labels),
        ("t10k", data.x_test, data.test_labels),
    ):
        images = np.rint(np.asarray(x[:]) * 255).reshape(-1, *data.image_shape)
        put(folder, f"{part}-images-idx3-ubyte", idx_bytes(images))
        put(folder, f"{part}-labels-idx1-ubyte", idx_bytes(labels))


def put_mnist(
    folder,
    suffix="-idx{}-ubyte",
    pack=lambda content: content,
    train=7,
    test=3,
    shape=(4, 5),
    seed=0,
):
    """Write four small, good files; return the images."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    made = {}
    for part, count in (("train", train), ("t10k", test)):
        made[part] = rng.integers(0, 256, (count, *shape), dtype=np.uint8)
        labels = rng.integers(0, 10, count)
        put(folder, f"{part}-images{suffix.format(3)}", pack(idx_bytes(made[part])))
        put(folder, f"{part}-labels{suffix.format(1)}", pack(idx_bytes(labels)))
    return made
