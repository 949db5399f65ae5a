"""The choice of words and signs, and how two that would be the same are kept apart."""

from collections.abc import Iterator, Mapping

from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError
from nnviz.wording.concepts import KINDS, Concept, concepts, table

LAST_LAYER = "^L"
"""Ends a sign that is the activation's, with the last layer above it."""


class ClashError(NnvizError):
    """Two concepts would have the same sign or word."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What every concept is called.

    Attributes:
        wished: term by "concept.kind", only where it is not nnviz's own.
        signs, words: the term of every concept by its id, those that give way included.
        yielded: a sentence for each concept that has given way.
    """

    wished: Mapping[str, str]
    signs: Mapping[str, str]
    words: Mapping[str, str]
    yielded: tuple[str, ...]

    @staticmethod
    def of(wished: Mapping[str, str]) -> "Choice":
        """Return the choice that is wished for.

        Args:
            wished: term by "concept.kind"; what is absent or unknown is nnviz's own.

        Raises:
            ClashError: two concepts would be called the same.
        """
        other = dict(_known(wished))
        signs, of_signs = _kept_apart("sign", other)
        words, of_words = _kept_apart("word", other)
        return Choice(other, signs, words, (*of_signs, *of_words))

    @staticmethod
    def kept(wished: Mapping[str, str]) -> "Choice":
        """Return a choice as a file has it: nnviz's own words, where those kept would clash."""
        try:
            return Choice.of(wished)
        except ClashError:
            return Choice.of({})

    def term(self, concept: str, kind: str) -> str:
        """Return what a concept is called."""
        return (self.signs if kind == "sign" else self.words)[concept]


def presets() -> tuple[str, ...]:
    """Return the names of the choices that are made at once."""
    return tuple(row["name"] for row in table()["preset"])


def preset(name: str) -> Choice:
    """Return a choice by its name."""
    return next(
        Choice.of(row.get("chosen", {})) for row in table()["preset"] if row["name"] == name
    )


def _known(wished: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for concept in concepts().values():
        for kind in KINDS:
            term, terms = wished.get(f"{concept.id}.{kind}", ""), concept.terms(kind)
            if term in terms[1:] and concept.meaning:
                yield f"{concept.id}.{kind}", term


def _kept_apart(kind: str, wished: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the terms of one kind by concept, and a sentence for each that has given way."""
    having = [concept for concept in concepts().values() if concept.terms(kind)]
    chosen = {c.id: wished.get(f"{c.id}.{kind}", c.terms(kind)[0]) for c in having}
    if kind == "sign" and (output := chosen["output"]).endswith(LAST_LAYER):
        chosen["output"] = chosen["activation"] + LAST_LAYER
        chosen["last layer"] = LAST_LAYER.removeprefix("^")
        assert output in concepts()["output"].signs
    names = {**{c.id: c.name for c in having}, "last layer": "the last layer"}
    taken = dict(table()["taken"]) if kind == "sign" else {}
    yielded = []
    for concept in sorted(having, key=lambda one: one.gives_way):
        others = {**taken, **{chosen[id]: names[id] for id in chosen if id != concept.id}}
        own = chosen[concept.id]
        if own not in others:
            continue
        free = [term for term in concept.terms(kind) if term not in others]
        if not concept.gives_way or not free:
            if _gives_way(own, concept, chosen):
                continue
            raise ClashError(
                f"{own} would be the {concept.name} and {_the(others[own])}: "
                f"choose another {kind} for one of them."
            )
        chosen[concept.id] = free[0]
        yielded.append(
            f"{own} is {_the(others[own])} now, so the {concept.name} is called {free[0]}."
        )
    chosen.pop("last layer", None)
    return chosen, yielded


def _gives_way(term: str, concept: Concept, chosen: Mapping[str, str]) -> bool:
    """Tell whether the other that has this term will take another one."""
    return any(
        concepts()[id].gives_way
        for id, other in chosen.items()
        if other == term and id != concept.id and id in concepts()
    )


def _the(name: str) -> str:
    return name if name.startswith(("the ", "a ", "an ")) else f"the {name}"
