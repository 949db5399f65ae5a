"""nnviz lets people watch a neural network learn, one number at a time."""

__version__ = "0.1.0"
