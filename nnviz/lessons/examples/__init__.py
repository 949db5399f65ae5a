"""Examples: the worked examples of textbooks, as files that a person can read and write."""

from nnviz.lessons.examples.catalogue import EXAMPLES, load_example
from nnviz.lessons.examples.example import Example
from nnviz.lessons.examples.writer import save_example

__all__ = ["EXAMPLES", "Example", "load_example", "save_example"]
