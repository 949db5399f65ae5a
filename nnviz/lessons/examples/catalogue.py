"""The catalogue of examples: those that nnviz brings, read when somebody asks, and any by path."""

from collections.abc import Mapping
from pathlib import Path

from nnviz.data.dataset import DataError
from nnviz.data.disk import there
from nnviz.data.example_data import example_file, folder
from nnviz.data.naming import EXAMPLE, EXAMPLE_ENDING
from nnviz.data.toml_tables import read_toml
from nnviz.lessons.examples.example import Example, Heading
from nnviz.lessons.examples.reader import read_example, read_heading
from nnviz.lessons.late_mapping import LateMapping


def _headings() -> Mapping[str, Heading]:
    """Return what a list says of each example, in the order of their places."""
    found = [read_heading(read_toml(path)) for path in folder().glob(f"*{EXAMPLE_ENDING}")]
    return {one.id: one for one in sorted(found, key=lambda one: (one.place, one.id))}


EXAMPLES: Mapping[str, Heading] = LateMapping(_headings)
"""Every example that nnviz brings, by id; its files are read when it is first looked into."""


def load_example(id_or_path: str | Path) -> Example:
    """Load an example: one of `EXAMPLES`, or any file.

    Raises:
        DataError: there is none, or its file is damaged; the sentence names file and line.
    """
    name = str(id_or_path)
    if name.casefold().endswith(EXAMPLE_ENDING):
        path = Path(name).resolve()
        if not there(path):
            raise DataError(f"{path} does not exist: check the path.")
        return read_example(read_toml(path), str(path))
    name = name if name.startswith(EXAMPLE) else f"{EXAMPLE}{name}"
    return read_example(read_toml(example_file(name)), name)
