"""Wording: what is shown in the words and signs of another book, where one is chosen.

nnviz says everything in its own words; `said` is what stands on the screen for them. Nothing else
depends on the choice: no name in a file, on the command line or in a comparison.
"""

from nnviz.wording.choice import Choice, ClashError, preset, presets
from nnviz.wording.concepts import Concept, concepts
from nnviz.wording.mentions import mentions
from nnviz.wording.rewriting import Said, Sign
from nnviz.wording.spoken import (
    choice,
    choose,
    given,
    index,
    keep,
    keep_files,
    others_chosen,
    said,
    sign,
    unmarked,
)

__all__ = [
    "Choice",
    "ClashError",
    "Concept",
    "Said",
    "Sign",
    "choice",
    "choose",
    "concepts",
    "given",
    "index",
    "keep",
    "keep_files",
    "mentions",
    "others_chosen",
    "preset",
    "presets",
    "said",
    "sign",
    "unmarked",
]
