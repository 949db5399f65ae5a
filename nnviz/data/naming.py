"""Names of data sets: what the text that names one means, and where its parts are.

A text is a name of the catalogue, a path, or several of them joined by + for a
mixture, and options may follow; what is there as a path is one, whatever signs it has.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path

from nnviz.data.catalogue import DATASETS, Source, has_files, home
from nnviz.data.dataset import DataError
from nnviz.data.description import INPUTS_ALONE, NONE, STANDARD
from nnviz.data.disk import there
from nnviz.data.options import options_of, with_options
from nnviz.data.reference import Reference, read_reference
from nnviz.data.reference import parts_of as split
from nnviz.data.typed_table import is_typed, read_typed

TARGET, SCALE = "target", "scale"
"""The options of a reference to a table: a column to predict, and how columns are scaled."""
SHARE = "share"
"""The option of a mixture: the part of the training examples that a data set gives."""

TABLES = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat")
"""How the names of tables end."""
EXAMPLE, EXAMPLE_ENDING = "example:", ".toml"
"""What the names of examples that nnviz brings begin with, and how names of others' files end."""


def is_example(name: str) -> bool:
    """Tell whether a data set's name is that of an example: of nnviz's own, or of a file."""
    return name.startswith(EXAMPLE) or name.casefold().endswith(EXAMPLE_ENDING)


def referred(name: str) -> Reference:
    """Read the text that names a data set; a path that is there is one, whatever it looks like."""
    whole = is_typed(name) or _is_path(name)
    return Reference(name) if whole else read_reference(name)


def source_of(name: str) -> Source | None:
    """Return the row of a data set's name; None where it is a path, or a mixture with no row."""
    return None if "+" in name and _is_path(name) else DATASETS.get(name)


def settled(reference: Reference) -> Reference:
    """Return the one reference of a data set with these options; another data set's as it is.

    Raises:
        DataError: an option is unknown or has an impossible value.
    """
    source = source_of(reference.name)
    if source is None or not source.options:
        return reference
    return with_options(source.name, options_of(reference, source.options), source.options)


def parts_of(name: str) -> tuple[str, ...]:
    """Return the names and paths that a mixture's name joins; of any other data set its own."""
    if is_typed(name):
        return (name,)
    return split(name, lambda part: ("+" not in part and part in DATASETS) or _is_path(part))


def earlier_of(name: str) -> list[str]:
    """Return the names of the data sets, or mixtures, that had a name in earlier versions.

    A table without scaling had number targets over their range, in single precision.
    """
    reference = referred(name)
    parts = [(part, source_of(part)) for part in parts_of(reference.name)]
    if reference.values(SCALE)[-1:] == (NONE,) and len(parts) == 1 and parts[0][1] is None:
        return [str(reference.with_values(SCALE, (INPUTS_ALONE,)))]
    names = product(*((part, *(source.earlier if source else ())) for part, source in parts))
    return [
        str(Reference("+".join(joined), reference.options))
        for joined in list(names)[1:]
        if len(set(joined)) == len(joined)  # no mixture has a data set twice
    ]


def _is_path(name: str) -> bool:
    """Tell whether there is something at a path, as far as that can be found out."""
    with suppress(DataError):
        return bool(name) and there(Path(name))
    return False


def with_choice(reference: Reference, target: Sequence[str], scale: str) -> Reference:
    """Return the reference of a table with what is predicted, and how it is scaled, if given.

    Raises:
        DataError: it is a typed table, and has no column of such a name or no such scaling.
    """
    if isinstance(target, str):  # one name, not its letters
        target = (target,)
    if is_typed(reference.name) and (target or scale):
        return Reference(read_typed(reference.name).with_choice(target, scale).name)
    if target:
        reference = reference.with_values(TARGET, tuple(target))
    return reference.with_values(SCALE, (scale,)) if scale else reference


def scale_of(name: str) -> str:
    """Return how the columns of a table are scaled, by the data set's name; "" of no table."""
    if is_typed(name):
        return read_typed(name).scale
    reference = referred(name)
    if not reference.name.casefold().endswith(TABLES):
        return ""
    return (reference.values(SCALE) or (STANDARD,))[-1]


def located(name: str, target: Sequence[str] = (), scale: str = "") -> str:
    """Return the text by which a data set is found from any folder; see `load_dataset`.

    Raises:
        DataError: its options are impossible, or it is a typed table that cannot be read.
    """
    reference = settled(referred(name))
    if is_typed(name):
        return str(with_choice(Reference(read_typed(name).name), target, scale))
    parts = parts_of(reference.name)
    anywhere = (
        str(Path(part).resolve())
        if part and source_of(part) is None and there(Path(part))
        else part
        for part in parts
    )
    reference = Reference("+".join(anywhere), reference.options)
    return str(with_choice(reference, target, scale))


def found_at(name: str, place: str) -> str:
    """Return the text of a data set that is found at another place, or under another name, now.

    It keeps its options unless the place has some; of a mixture only the part that is missing is
    elsewhere.
    """
    reference = referred(name)
    parts = parts_of(reference.name)
    gone = [part for part in parts if not _present(part)]
    if len(parts) > 1 and gone:
        place = "+".join(place if part == gone[0] else part for part in parts)
    return str(reference.with_default(place))


def _present(name: str) -> bool:
    source = source_of(name)
    return _is_path(name) if source is None else not source.needs_files or has_files(home(name))
