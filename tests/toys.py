"""The truth tables among the data sets."""

from nnviz.data import DATASETS, load_dataset

TOYS = [
    name
    for name, source in DATASETS.items()
    if not source.needs_files
    and source.hidden is not None
    and load_dataset(name).source == "truth table"
]
