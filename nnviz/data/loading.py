"""Loading: any data set by its name or path, and mixtures of several.

What needs files is loaded first, so that where they are missing nothing is made in vain.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from nnviz.data.catalogue import current_names
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import STANDARD
from nnviz.data.disk import there
from nnviz.data.generator import Progress
from nnviz.data.local import read_path
from nnviz.data.mixture import mixed, read_shares
from nnviz.data.naming import (
    SCALE,
    SHARE,
    TARGET,
    is_example,
    parts_of,
    referred,
    source_of,
    with_choice,
)
from nnviz.data.options import SEED
from nnviz.data.reference import Reference
from nnviz.data.typed_table import is_typed


def load_dataset(
    name: str,
    folder: str | Path | None = None,
    *,
    progress: Progress | None = None,
    seed: int = 0,
    target: Sequence[str] = (),
    scale: str = "",
    later: bool = False,
) -> Dataset:
    """Load a data set.

    Args:
        name: a key of `DATASETS`, or a path: a table (.csv, .tsv), a folder of pictures by class
            or a folder of MNIST-style IDX files; the data of an example are `example:ID`, or the
            path of its file (.toml); a typed table is its whole name; options may follow, as in
            `titanic.csv:target=Survived`. Several of pictures, joined by +, are mixed, as in
            `mnist+digits`, with shares in `mnist+digits:share=0.3`: see `mixed`.
        folder: where the files of a data set are that needs some.
        progress: called with the part done (0..1) and a word; may raise to cancel.
        seed: which digits nnviz writes, for "digits"; which points there are in the plane; for
            tables and pictures, which examples are held back for testing.
        target: the columns of a table to predict, in place of those that the name gives.
        scale: how a table's columns are scaled, in place of what the name says: standard, range
            or none.
        later: examples that nnviz would have to make first may be made when they are first read;
            they are the same. Those of a mixture are all made at once.

    Returns:
        The data set, ready to train on.

    Raises:
        DataError: there is no such data set, or its files are missing or bad.
    """
    reference = with_choice(referred(name), target, scale)
    place = Path(folder) if folder is not None else None
    if len(parts := parts_of(reference.name)) > 1:
        return _load_mixture(reference, parts, place, progress, seed)
    if is_typed(reference.name):
        from nnviz.data.typed_data import load_typed

        return load_typed(reference.name)
    if is_example(reference.name):
        if reference.options:
            raise DataError(f"{reference.name} takes no option '{reference.options[0][0]}'.")
        from nnviz.data.example_data import load_example_data

        return load_example_data(reference.name)
    source = source_of(reference.name)
    if source is not None and source.make is not None:
        if any(option.name == SEED for option in source.options):
            reference = reference.with_fallback(SEED, str(seed))
        return source.made(reference)
    for option, _ in reference.options:
        if source is not None or option not in (TARGET, SCALE):
            known = f"only {TARGET} and {SCALE}"
            if option == SHARE:
                known = "for it is mixed with nothing: mnist+digits:share=0.3 is a mixture"
            elif source is not None:
                known = "for its own rules say what is predicted and how it is scaled"
            raise DataError(f"{reference.name} takes no option '{option}', {known}.")
    if source is not None and later and source.begin is not None:
        return source.begin(seed)
    if source is not None:
        return source.load(place, seed, progress)
    separators = {"/", os.sep}
    if separators & set(reference.name) or there(Path(reference.name)):
        scales = reference.values(SCALE) or (STANDARD,)
        return read_path(reference.name, seed, progress, reference.values(TARGET), scales[-1])
    before, colon, options = reference.name.partition(":")
    if colon and source_of(before) is not None:
        raise DataError(
            f"What follows {before} are no options: {options!r}. Write name=value, a comma between "
            "two, and numbers with a point, as in spiral:noise=0.1,points=400."
        )
    raise DataError(
        f"There is no data set {reference.name!r}: choose one of {', '.join(current_names())}, "
        f"or give the path of a table, of a folder of pictures or of IDX files."
    )


def _load_mixture(
    reference: Reference,
    parts: Sequence[str],
    folder: Path | None,
    progress: Progress | None,
    seed: int,
) -> Dataset:
    """Load what is mixed, first what needs files: where there are none, nothing is made in vain."""
    for option, _ in reference.options:
        if option != SHARE:
            raise DataError(f"{reference.name} takes no option '{option}', only {SHARE}.")
    if "" in parts:
        raise DataError(f"{reference.name} names nothing on one side of a +: name two data sets.")
    twice = [part for place, part in enumerate(parts) if part in parts[:place]]
    if twice:
        raise DataError(f"{reference.name} has {twice[0]} twice: name each data set once.")
    shares = read_shares(reference.values(SHARE), parts)
    needy = {part for part in parts if (source := source_of(part)) and source.needs_files}
    loaded = {
        part: load_dataset(part, folder if part in needy else None, progress=progress, seed=seed)
        for part in sorted(parts, key=lambda part: part not in needy)
    }
    return mixed([loaded[part] for part in parts], shares, seed)
