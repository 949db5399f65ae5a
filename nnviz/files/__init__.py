"""Files that nnviz writes and reads: plain arrays and JSON, never pickle."""

from nnviz.files.models import ModelError, load_model, save_model

__all__ = ["ModelError", "load_model", "save_model"]
