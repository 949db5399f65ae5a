"""The table of concepts: what nnviz calls each, and what other books call it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.paths import resource

KINDS = ("sign", "word")
"""What of a concept can be chosen: the letter in formulas, and the word in sentences."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the field: one of it and several."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Concept:
    """What has a sign, a word or both, each with alternatives; the first are nnviz's own.

    Attributes:
        id: its key in choices.
        name: what it is called where it is explained.
        meaning: one sentence that explains it; empty for what is not offered for choice.
        signs: letters of formulas.
        words: words of sentences.
        gives_way: takes its next sign or word that is free where another has been given its own.
        below: its sign stands below the line, too, as an index does.
        panel: where it stands on the screen.
        select: what is selected to show it: "neuron", "output", "weight", "bias", or empty.
    """

    id: str
    name: str
    meaning: str
    signs: tuple[str, ...]
    words: tuple[Word, ...]
    gives_way: bool
    below: bool
    panel: str
    select: str

    def terms(self, kind: str) -> tuple[str, ...]:
        """Return what can be chosen of one kind."""
        return self.signs if kind == "sign" else tuple(word.one for word in self.words)

    def word(self, one: str) -> Word:
        """Return one of its words, by its singular."""
        return next(word for word in self.words if word.one == one)


@cache
def table() -> Mapping[str, Any]:
    """Return the whole of resources/words.toml."""
    return tomllib.loads(resource("words.toml").read_text("utf-8"))


@cache
def concepts() -> Mapping[str, Concept]:
    """Return every concept by id, in the order of the table."""
    return {row["id"]: _concept(row) for row in table()["concept"]}


def _concept(row: Mapping[str, Any]) -> Concept:
    shown = row.get("shown", {})
    return Concept(
        row["id"],
        row["name"],
        row.get("meaning", ""),
        tuple(row.get("signs", ())),
        tuple(Word(one, many) for one, many in row.get("words", ())),
        row.get("gives_way", False),
        row.get("below", False),
        shown.get("panel", ""),
        shown.get("select", ""),
    )
