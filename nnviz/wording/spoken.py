"""The choice in force, for the whole process, as the number of digits is."""

from nnviz.wording.choice import Choice
from nnviz.wording.rewriting import Rewriting, Said, Sign

_choice: Choice | None = None
_rewriting: Rewriting | None = None


def choice() -> Choice:
    """Return what everything is called now."""
    return _choice or Choice.of({})


def others_chosen() -> bool:
    """Tell whether anything is called otherwise than nnviz calls it."""
    return _rewriting is not None


def choose(wished: Choice) -> None:
    """Call everything so from now on; what is on screen already has to be written anew."""
    global _choice, _rewriting
    _choice = wished
    _rewriting = Rewriting(wished) if wished.wished else None


def said(text: str) -> str:
    """Return a text as it is shown: in the words and signs that are chosen."""
    if _rewriting is None or type(text) is Said:
        return text
    if type(text) is Sign and (alone := text.strip()) in _rewriting.signs:
        letter, above = _rewriting.alone(alone)
        return Said(text.replace(alone, f"{letter}{'ᴸ' if above else ''}"))
    return _rewriting.said(text)


def sign(letter: str) -> tuple[str, str]:
    """Return the sign for nnviz's own, and what stands above it, for formulas that are typeset."""
    return (letter, "") if _rewriting is None else _rewriting.alone(letter)


def index(text: str) -> str:
    """Return an index, such as "jk", for formulas that are typeset."""
    return text if _rewriting is None else _rewriting.index(text)
