import gzip
import pickle

import pytest

from nnviz.data.dataset import DataError
from nnviz.data.local import read_path

PICKLED = pickle.dumps([1, 2], 4)
FILES = {
    "t.xlsx": (b"PK\x03\x04", "a workbook, .* save it as CSV from your spreadsheet"),
    "t.XLS": (b"\xd0\xcf\x11\xe0", "a workbook"),
    "t.h5": (b"\x89HDF\r\n", "an HDF5 file, .* numpy.savez"),
    "h5.npz": (b"\x89HDF\r\n", "an HDF5 file"),
    "t.mat": (b"MATLAB 5.0", "a MATLAB file"),
    "t.parquet": (b"PAR1", "a Parquet file"),
    "t.npy": (b"\x93NUMPY\x01\0", "a single array"),
    "t.json": (b"[1]", "JSON"),
    "t.arff": (b"@relation t", "Weka's format"),
    "t.pt": (b"PK\x03\x04", "a file of network weights"),
    "t.zip": (b"PK\x03\x04", "packed"),
    "t.gz": (gzip.compress(b"1,2"), "packed"),
    "p.npz": (PICKLED, "a Python pickle, and reading one can run any program"),
    "p.joblib": (PICKLED[2:], "a Python pickle"),
    "page.npz": (b"<!DOCTYPE html>", "a web page"),
}


@pytest.mark.parametrize("name", FILES)
def test_formats_of_others_are_called_by_their_names(tmp_path, name):
    content, says = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError, match=rf"{name} is {says}.*\.$") as caught:
        read_path(path)
    assert "\n" not in str(caught.value)


def test_what_nobody_knows_is_no_data(tmp_path):
    path = tmp_path / "t.xyz"
    path.write_bytes(b"??")
    with pytest.raises(DataError, match="is no data by its name: give a table"):
        read_path(path)
    path = path.rename(tmp_path / "t.npz")
    with pytest.raises(DataError, match=r"is damaged or no \.npz archive: download it again"):
        read_path(path)
