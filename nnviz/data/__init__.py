"""Data sets: the embedded digits, MNIST-style files, truth tables, and pen strokes."""

from nnviz.data.catalogue import DATASETS, available, load_dataset
from nnviz.data.dataset import DataError, Dataset

__all__ = ["DATASETS", "DataError", "Dataset", "available", "load_dataset"]
