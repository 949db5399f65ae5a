"""Names of symbols as somebody types them who has no Greek keys: η is eta, β₁ is beta1."""

import unicodedata

_GREEK = ("GREEK SMALL LETTER ", "GREEK CAPITAL LETTER ")

_COMMON = {"lamda": "lambda"}
"""What people call a letter that Unicode calls otherwise."""


def symbols_of(sign: str) -> str:
    """Return the words for a sign, itself first; what is no letter of Greek stays."""
    spelled = []
    for letter in unicodedata.normalize("NFKC", sign):
        name = unicodedata.name(letter, "")
        greek = next((name.removeprefix(one) for one in _GREEK if name.startswith(one)), "")
        word = greek.split(" ")[0].lower()
        spelled.append(_COMMON.get(word, word) if greek else letter)
    words = "".join(spelled)
    return sign if words == sign else f"{sign} {words}"
