"""Formats of data that nnviz does not read, by their first bytes or the end of their names."""

from pathlib import Path

_AS_CSV = "save it as CSV"
_AS_NPZ = "save its arrays as x_train and y_train with numpy.savez"
_UNPACK = "unpack it and give what is inside"
_PICKLE = (
    "a Python pickle, and reading one can run any program",
    f"{_AS_NPZ}, or get MNIST with 'nnviz data fetch mnist'",
)
_WORKBOOK = ("a workbook", f"{_AS_CSV} from your spreadsheet")
_HDF5 = ("an HDF5 file", _AS_NPZ)
_MATLAB = ("a MATLAB file", _AS_NPZ)
_PARQUET = ("a Parquet file", _AS_CSV)
_ARROW = ("an Arrow file", _AS_CSV)
_WEIGHTS = ("a file of network weights", "give the data to train on")
_BEGIN = {
    b"\x80": _PICKLE,
    b"\x89HDF": _HDF5,
    b"MATLAB": _MATLAB,
    b"PAR1": _PARQUET,
    b"ARROW1": _ARROW,
    b"\xd0\xcf\x11\xe0": _WORKBOOK,
    b"SQLite": ("a database", f"{_AS_CSV} what you query"),
    b"%PDF": ("a PDF", "give the table it shows as CSV"),
    b"<": ("a web page", "download the file itself"),
    b"\x93NUMPY": ("a single array", _AS_NPZ),
}
_END = {
    (".xlsx", ".xls", ".xlsm", ".ods", ".numbers"): _WORKBOOK,
    (".h5", ".hdf5", ".keras"): _HDF5,
    (".mat",): _MATLAB,
    (".parquet",): _PARQUET,
    (".feather", ".arrow"): _ARROW,
    (".pkl", ".pickle", ".joblib"): _PICKLE,
    (".pt", ".pth", ".ckpt", ".onnx", ".safetensors"): _WEIGHTS,
    (".npy",): ("a single array", _AS_NPZ),
    (".json", ".jsonl", ".ndjson"): ("JSON", _AS_CSV),
    (".arff",): ("Weka's format", f"{_AS_CSV}, with a line of names above the rows"),
    (".sav", ".dta", ".sas7bdat", ".rds", ".rdata"): ("a file of a statistics program", _AS_CSV),
    (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"): ("packed", _UNPACK),
    (".md", ".html", ".htm", ".pdf", ".docx", ".doc"): ("a text to read", _AS_CSV),
}
_LONGEST = 8


def unsupported_format(path: Path) -> str:
    """Return what a file is and what to do with it, "" where nnviz does not know its format.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_LONGEST)
    ending = path.suffix.casefold()
    found = next((told for begin, told in _BEGIN.items() if head.startswith(begin)), None)
    if found is None:
        found = next((told for endings, told in _END.items() if ending in endings), None)
    return f"{path} is {found[0]}, which nnviz does not read: {found[1]}." if found else ""
