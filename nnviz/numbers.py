"""Numbers as people read and write them: the one writer and the one reader of nnviz.

Every number on screen, in a sentence and on the command line is written here, so
that one quantity looks alike wherever it stands: a true minus (U+2212), groups of
digits kept apart by thin spaces (U+202F) and never by commas, 8.47×10⁻⁵ where
a number is very small or very large, and no digit of a whole number ever rounded
away. How many digits count follows the room, and in roomy places the reader's wish
(`set_digits`); `exact` writes all there are.

Every field and option that holds one number reads it here: 0.25, 0,25, 1/4, 2.5e-3,
−0.5, and whatever the writer writes.
"""

import math
import re
from collections.abc import Sequence
from typing import SupportsFloat

from nnviz.errors import NnvizError

FEWEST, USUAL, MOST = 3, 4, 9
"""Digits that may be wished for, and those that are where nobody wished."""
MOST_DECIMALS = 6
"""Decimals of a percentage that is nearly nothing or nearly all."""
THIN_SPACE = "\u202f"
"""Stands between groups of three digits and before %; no line breaks at it."""
MINUS = "\u2212"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FROM_SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_SMALLEST = -4
"""Power of ten from which on numbers are written without ×10ⁿ."""
_LARGEST = 6
"""Power of ten up to which they are."""

_wished = USUAL
_point = "."


class NumberError(NnvizError):
    """A text is not the one number it should be; the message says why and how to write it."""


# -- writing --------------------------------------------------------------------------------------


def digits() -> int:
    """Return how many digits are written where there is room for any number of them."""
    return _wished


def fewer(by: int = 1) -> int:
    """Return how many digits a place with less room than others gets, two at least.

    Whoever wishes for more than usual gets them there too.
    """
    return _wished if _wished > USUAL else max(_wished - by, 2)


def set_digits(wished: int) -> None:
    """Choose how many digits are written where there is room, 3 to 9."""
    global _wished
    _wished = min(max(wished, FEWEST), MOST)


def decimal_comma() -> bool:
    """Tell whether numbers are written as 0,25 instead of 0.25."""
    return _point == ","


def set_decimal_comma(comma: bool) -> None:
    """Choose the decimal comma or the point, for what people read and type."""
    global _point
    _point = "," if comma else "."


def style() -> tuple[int, str]:
    """Return how numbers are written: who keeps a text with numbers keeps it for this style."""
    return _wished, _point


def write(
    value: float,
    digits: int | None = None,
    *,
    decimals: int | None = None,
    sign: bool = False,
    zeros: bool = False,
) -> str:
    """Write a number with so many digits that count and its whole part in full.

    Args:
        value: any number; one that is not finite is written as a word or ∞.
        digits: that count; None for as many as the reader wishes.
        decimals: of which there are at most so many; None for any number of them. To round before
            would round twice, and 0.1349 read 0.14.
        sign: True to write + before what is not negative.
        zeros: True to keep zeros at the end, for numbers that stand below each other.
    """
    if not math.isfinite(value):
        return _not_finite(value, sign=sign)
    digits = _wished if digits is None else digits
    if decimals is not None and value:
        digits = min(digits, decimals + 1 + _power(value))
        if digits < 1:
            value, digits = round(value, decimals), 1
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    power = int(exponent)
    if value and not _SMALLEST <= power < max(digits, _LARGEST):
        text = (
            f"{mantissa if zeros else _shortened(mantissa)}×10{str(power).translate(_SUPERSCRIPTS)}"
        )
    else:
        plain = f"{value:.{max(digits - 1 - power, 0)}f}"
        text = _grouped(plain if zeros and value else _shortened(plain))
    return _signed(_pointed(text), sign=sign)


def fixed(value: float, decimals: int, *, sign: bool = False) -> str:
    """Write a number with a fixed number of decimals, as the columns of a table want it."""
    if not math.isfinite(value):
        return _not_finite(value, sign=sign)
    if abs(value) >= 10.0 ** (_LARGEST + 3):
        return write(value, 4, sign=sign)
    return _signed(_pointed(_grouped(f"{value:.{decimals}f}")), sign=sign)


def fit(value: float, characters: int, *, most: int | None = None) -> str:
    """Write a number with as many digits as a narrow place has room for, one at least.

    Args:
        value: any number.
        characters: how many there is room for, point and minus included.
        most: digits that are enough; None for as many as the reader wishes.
    """
    for count in range(_wished if most is None else most, 1, -1):
        text = write(value, count)
        if len(text) <= characters:
            return text
    return write(value, 1)


def column(values: Sequence[float], digits: int | None = None) -> list[str]:
    """Write the numbers of a column alike: with the same decimals, or all with ×10ⁿ.

    The largest gets so many digits that count. What would read 0 among them and is not
    keeps its own ×10ⁿ.
    """
    digits = _wished if digits is None else digits
    powers = [_power(value) for value in values if math.isfinite(value) and value]
    if not powers:
        return [write(value, digits) for value in values]
    if not _SMALLEST <= max(powers) < max(digits, _LARGEST):
        return [write(value, digits, zeros=True) for value in values]
    decimals = max(digits - 1 - max(powers), 0)
    lost = [value and not round(value, decimals) for value in values]
    return [
        write(value, 2, zeros=True) if small else fixed(value, decimals)
        for value, small in zip(values, lost, strict=True)
    ]


def exact(value: SupportsFloat) -> str:
    """Write all digits of a number, so many that reading them gives the very same one."""
    if not math.isfinite(value):
        return _not_finite(float(value), sign=False)
    mantissa, _, exponent = str(value).partition("e")  # of NumPy's numbers in their own precision
    whole, point, decimals = mantissa.partition(".")
    text = _grouped(whole if decimals in ("", "0") else whole + point + decimals)
    power = f"×10{str(int(exponent)).translate(_SUPERSCRIPTS)}" if exponent else ""
    return _signed(_pointed(text), sign=False) + power


def editable(value: SupportsFloat) -> str:
    """Write all digits of a number as they are typed, for a field: 0.25, 1e-8, −1."""
    text = named(value)
    return _pointed(MINUS + text[1:] if text.startswith("-") else text)


def named(value: SupportsFloat) -> str:
    """Write all digits of a number as names and options have them, whoever reads: 0.25, 1e-8, -1.

    Names of data sets are made of it: it follows nobody's wish.
    """
    if not math.isfinite(value):
        return _not_finite(float(value), sign=False)
    mantissa, _, exponent = str(value).partition("e")
    plain = mantissa.removesuffix(".0")
    return f"{plain}e{int(exponent)}" if exponent else plain


def plain(value: SupportsFloat) -> str:
    """Write all digits of a number as other programs read them, for a clipboard: -0.25, 1e-08."""
    return str(value)


def rounded(value: float, digits: int) -> float:
    """Return the nearest number that has no more digits that count: 0.0123 is 0.012 in two."""
    return float(f"{value:.{digits - 1}e}")


def percent(share: float, decimals: int = 1) -> str:
    """Write a share as "92.8 %"; only all of it is 100 %, and only nothing of it 0 %.

    What is nearer to one of these than six decimals can tell is written as "> 99.999999 %".
    """
    if not math.isfinite(share):
        return _not_finite(share, sign=False)
    parts = 100 * share
    while 0 < share < 1 and round(parts, decimals) in (0, 100):
        if decimals >= MOST_DECIMALS:
            sign, least = ("<", 0) if share < 0.5 else (">", 100)
            near = fixed(abs(least - 10.0**-decimals), decimals)
            return f"{sign}{THIN_SPACE}{near}{THIN_SPACE}%"
        decimals += 1
    return f"{fixed(parts, decimals)}{THIN_SPACE}%"


def integer(number: int) -> str:
    """Write a whole number in full, "15 680" with a thin space."""
    return _signed(_grouped(str(int(number))), sign=False)


def count(number: int, one: str, many: str | None = None) -> str:
    """Write how many there are: "1 test example", "2 test examples".

    Args:
        number: how many.
        one: what one of them is called.
        many: what several are called; None for `one` with an s.
    """
    return f"{integer(number)} {one if number == 1 else many or one + 's'}"


def subscript(number: int) -> str:
    """Write a number as an index: "₁₂"."""
    return str(number).translate(_SUBSCRIPTS)


def all_of(number: int, one: str, many: str | None = None) -> str:
    """Name all there are: "the only edge", "both edges", "all 12 edges"."""
    if number == 1:
        return f"the only {one}"
    several = many or one + "s"
    return f"both {several}" if number == 2 else f"all {integer(number)} {several}"


def _not_finite(value: float, *, sign: bool) -> str:
    if math.isnan(value):
        return "undefined"
    return ("+∞" if sign else "∞") if value > 0 else f"{MINUS}∞"


def _power(value: float) -> int:
    return math.floor(math.log10(abs(value)))


def _pointed(text: str) -> str:
    """Return a number that was written with a point as it was wished for."""
    return text.replace(".", _point)


def _shortened(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grouped(text: str) -> str:
    whole, point, decimals = text.partition(".")
    if len(whole) < 4:
        return text
    return f"{int(whole):,}".replace(",", THIN_SPACE) + point + decimals


def _signed(text: str, *, sign: bool) -> str:
    if text.startswith("-"):
        text = MINUS + text[1:] if re.search("[1-9]", text) else text[1:]
    return f"+{text}" if sign and not text.startswith(MINUS) else text


# -- reading --------------------------------------------------------------------------------------

_SPACES = "\u202f\u2009\u00a0 "
_GROUPS = re.compile(rf"[+-]?\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?=[.,e/]|$)")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_NOT_FINITE = ("nan", "inf", "infinity", "∞", "undefined")
HOW = "write one like 0.25, 0,25 or 1/4"
"""How one number is written."""


def read_number(text: str) -> float:
    """Read one finite number as people write it: 0.25, 0,25, 1/4, 2.5e-3, −0.5, 8.47×10⁻⁵.

    Raises:
        NumberError: it is none, is not finite, or could mean two numbers.
    """
    shown = text.strip()
    if not shown:
        raise NumberError(f"There is no number yet: {HOW}.")
    top, slash, bottom = shown.partition("/")
    value = _one(top, shown)
    if slash:
        divisor = _one(bottom, shown)
        if not divisor:
            raise NumberError(f"'{_brief(shown)}' divides by 0: {HOW}.")
        value /= divisor
    if not math.isfinite(value):
        raise NumberError(f"'{_brief(shown)}' is larger than a number can be: {HOW}.")
    return value


def read_whole(text: str) -> int:
    """Read one whole number: 10, 15 680.

    Raises:
        NumberError: it is none.
    """
    plain = _plain(text.strip())
    if re.fullmatch(r"[+-]?\d+", plain) and len(plain) < 4000:  # exact, however long
        return int(plain)
    value = read_number(text)
    if value != int(value):
        raise NumberError(f"'{_brief(text.strip())}' is not a whole number: write one like 10.")
    return int(value)


def read_numbers(text: str, expected: int) -> tuple[float, ...]:
    """Read so many numbers: "−1.2, 1", "−1,2; 1", "−1,2 1", in brackets or not.

    Raises:
        NumberError: they are more or fewer, or one of them is none.
    """
    inside = text.strip().removeprefix("(").removesuffix(")").strip()
    parts = [inside]
    if expected != 1:
        apart = r"\s*;\s*" if ";" in inside else r",?\s+"
        parts = re.split(apart, inside)
        parts = parts if len(parts) > 1 else inside.split(",")
    if len(parts) != expected:
        raise NumberError(
            f"'{_brief(text.strip())}' is not {integer(expected)} numbers: put a space between "
            f"them."
        )
    return tuple(read_number(part) for part in parts)


def _one(text: str, shown: str) -> float:
    plain = _plain(text.strip())
    if _point != "," and _THOUSANDS.fullmatch(plain):
        point, without = plain.replace(",", "."), plain.replace(",", "")
        raise NumberError(
            f"'{_brief(shown)}' could mean {point} or {without}: write it as one of these."
        )
    if plain.count(",") + plain.count(".") == 1:
        plain = plain.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        finite = "finite " if plain.casefold().lstrip("+-") in _NOT_FINITE else ""
        raise NumberError(f"'{_brief(shown)}' is not a {finite}number: {HOW}.")
    return float(plain)


def _plain(text: str) -> str:
    """Return the text with a plain minus, e for a power of ten, and no spaces in its number."""
    plain = text.replace(MINUS, "-").replace("–", "-").replace("E", "e")
    powers = re.fullmatch(r"(.+?)\s*[×·*x]\s*10(?:\^([+-]?\d+)|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))", plain)
    if powers:
        exponent = powers[2] or powers[3].translate(_FROM_SUPERSCRIPTS)
        plain = f"{powers[1]}e{exponent}"
    grouped = _GROUPS.match(plain)
    if grouped:
        plain = re.sub(f"[{_SPACES}]", "", grouped[0]) + plain[grouped.end() :]
    return plain


def _brief(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
