"""Versions and licences of nnviz and of what it is made of, as installed packages tell them."""

import platform
import re
from collections.abc import Iterator
from importlib import metadata

from nnviz import __version__
from nnviz.dataclass import dataclass

PACKAGE = "nnviz"
"""Whose dependencies are listed."""
OWN_LICENCE = "MIT"
FONT = "nnviz-math, a part of STIX Two Math"
"""The letters of formulas, which come with nnviz; resources/fonts says more."""
UNTOLD = "see the package"
LONGEST = 60
"""Letters of a licence's name: some packages write its whole text there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that nnviz is made of: its name, version and licence."""

    name: str
    version: str
    licence: str


def parts(qt: str) -> tuple[Part, ...]:
    """Return nnviz, Python, Qt of a version, and every package that nnviz needs, if installed."""
    return (
        Part(PACKAGE, __version__, OWN_LICENCE),
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("Qt", qt, "LGPL-3.0-only"),
        *_packages(),
        Part(FONT, "", "OFL-1.1"),
    )


def _packages() -> Iterator[Part]:
    try:
        needed = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        return
    names = {
        match[0]: None
        for line in needed
        if "extra ==" not in line and (match := re.match(r"[A-Za-z0-9._-]+", line))
    }
    for name in names:
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield Part(told["Name"], told["Version"], licence_of(told))


def licence_of(told: metadata.PackageMetadata) -> str:
    """Return the name of the licence as a package tells it, in one of three ways."""
    classifiers = told.get_all("Classifier") or []
    named = [one.rsplit("::", 1)[1].strip() for one in classifiers if one.startswith("License ::")]
    texts = (*(told.get_all("License-Expression") or []), *(told.get_all("License") or []))
    candidates = (*texts, ", ".join(named))
    fitting = (one.strip() for one in candidates if one and len(one.strip()) <= LONGEST)
    return next((one for one in fitting if one and "\n" not in one), UNTOLD)
