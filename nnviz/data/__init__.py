"""Data sets: embedded digits, published ones, tables, pictures, own drawings, truth tables."""

from nnviz.data.catalogue import DATASETS, available, fetch_dataset
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.loading import load_dataset

__all__ = ["DATASETS", "DataError", "Dataset", "available", "fetch_dataset", "load_dataset"]
