"""Numbers as people write them: decimal points or commas, groups of thousands, units.

One cell alone is not enough: 1,234 is one thousand two hundred thirty-four beside 950
and a little more than one beside 1,5. A column's cells decide together, then the
other columns of the file; what stays unclear is refused, never guessed.
"""

import re
from collections.abc import Iterable, Sequence

from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError

HUGE = 1e30
"""Numbers from here on are refused: single precision ends soon after."""

_NO_VALUES = (
    "? - -- --- \u2013 \u2014 . na n/a n.a. #n/a #na <na> nan -nan nat null none nil "
    "\\n k.a. nd n.d. #div/0! #num! #value! #ref! #name? #null! 1.#qnan -1.#ind"
)
MISSING = frozenset({"", "k. a.", *_NO_VALUES.split()})
"""Cells that have no value, in small letters."""
_INFINITE = frozenset({"inf", "infinity", "∞", "1.#inf", "infinite", "unendlich"})
_PERHAPS_KINDS = frozenset({"none", "nil", "nat", "nd"})  # words as well, where words stand

POINT, COMMA = ".", ","

_CURRENCIES = (
    r"(?:US|CA|AU|NZ|HK|[ACRS])?\$|[€£¥₹₽₩₺₴₪฿]|DM|Ft|"
    r"(?i:USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|BRL|MXN|ZAR|"
    r"KRW|SGD|HKD|euros?|dollars?|franken|francs?|SFr\.?|Fr\.?|Rs\.?|kr\.?|zł|Kč)"
)
_UNITS = (
    r"%|‰|°C|°F|°|km/h|m/s|kg|mg|µg|g|t|lbs?|oz|km|cm|mm|µm|m|ft|in|m²|m2|cm²|cm2|km²|"
    r"ml|cl|l|min|ms|s|h|Hz|kHz|kW|kWh|W|V|A|K|bar|hPa|Pa|J|kJ|kcal|ppm"
)
_DRESSED = re.compile(
    rf"(?P<sign>[+-]?)\s*(?P<before>{_CURRENCIES})?\s*"
    rf"(?P<core>[+-]?[\d.,][\d.,'’\s]*(?:[eE][+-]?\d+)?)\s*(?P<after>{_CURRENCIES}|{_UNITS})?"
)
_SPACES = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2007\u2009\u202f'’]\d{3})+(?:[.,]\d+)?")
_GROUPED = {
    mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:\{mark}\d{{2,3}})*\{mark}\d{{3}}")
    for mark in (POINT, COMMA)
}
_BOTH = re.compile(r"[+-]?\d{1,3}(?:(?P<group>[.,])\d{3})+(?P<decimal>[.,])\d+")
_LONG = (*_GROUPED.values(), _BOTH)
_WHOLE_SUM = re.compile(
    r"(?<=\d)(?P<mark>[.,])[-\u2013\u2014]+(?=\s*(?:\D{1,3})?$)"
)  # 12.- and 12,-- €
_LOSS = re.compile(r"\(\s*(?P<amount>[^()+-]*\d[^()+-]*)\)")  # what accountants write for -12
_LONGEST = 200  # letters of a number that is written with units, signs or groups
_COUNTED = re.compile(r"(?P<core>[+-]?\d[\d.,]*)(?:\s+|(?=[^\W\d_]{2}))(?P<unit>[^\W\d_]{1,12}\.?)")
_AMOUNTS = 5  # different numbers, at least, that a word of nobody's list is the unit of
_IN_NAME = re.compile(rf"(?:\(|\[)\s*(?P<unit>{_CURRENCIES}|{_UNITS})\s*(?:\)|\])\s*$")


class UnclearError(NnvizError):
    """Numbers that can be read in two ways; the message says which."""


@dataclass(frozen=True, slots=True)
class Written:
    """How the numbers of a column are written.

    Attributes:
        decimal: the mark before the decimals, "" where nothing shows it.
        group: the mark between thousands, "" where there is none.
        unclear: a cell that could be read in two ways, "" where there is none.
        hundreds: True where whole numbers of up to three digits stand beside the unclear ones, as
            they do where thousands are grouped.
        unit: what stands beside all of the numbers.
    """

    decimal: str = ""
    group: str = ""
    unclear: str = ""
    hundreds: bool = False
    unit: str = ""


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number that can be computed with as it stands."""
    try:
        value = float(cell)
    except ValueError:
        return False
    return abs(value) < HUGE and "_" not in cell


def is_missing(cell: str) -> bool:
    """Tell whether a cell stands for no value."""
    return cell.strip().casefold() in MISSING


def gaps_among(words: Sequence[str]) -> list[bool]:
    """Tell which of the different cells of a column of words have no value.

    `none` is a word like others, as in none, mild, severe; so is - beside + or one other.
    """
    others = [word for word in words if not is_missing(word)]
    signs = len(others) < 2 or any(not re.search(r"\w", word) for word in others)
    kinds = _PERHAPS_KINDS | {"-"} if signs else _PERHAPS_KINDS
    return [is_missing(word) and word.strip().casefold() not in kinds for word in words]


def looks_numeric(cell: str) -> bool:
    """Tell whether a cell is a number in some way of writing."""
    return _core(cell) is not None


def unit_of(name: str) -> str:
    """Return the unit that a column's name ends with, as in `height (cm)`; "" where it has none."""
    found = _IN_NAME.search(name)
    return found["unit"] if found else ""


def how_written(cells: Iterable[str]) -> Written:
    """Find out how the numbers of one column are written, as far as its different cells tell.

    Raises:
        UnclearError: they contradict each other.
    """
    units, decimals, groups = dict[str, str](), set[str](), set[str]()
    single: dict[str, str] = {}  # of each mark the cell with most digits before it
    longest = 0
    for cell in cells:
        found = _core(cell)
        if found is None:
            continue
        core, unit = found
        units[unit.casefold().rstrip(".")] = unit
        mark = next((mark for mark in (POINT, COMMA) if mark in core), "")
        both = _BOTH.fullmatch(core)
        if both and both["group"] != both["decimal"]:
            groups.add(both["group"])
            decimals.add(both["decimal"])
        elif not mark:
            longest = max(longest, len(core.lstrip("+-")))
        elif not _GROUPED[mark].fullmatch(core):
            decimals.add(mark)
        elif core.count(mark) > 1:
            groups.add(mark)
        else:
            single[mark] = max(single.get(mark, ""), cell.strip(), key=_lead)
    if len(decimals) > 1 or decimals & groups or len(groups) > 1:
        raise UnclearError("numbers with points and numbers with commas contradict each other")
    unit = next(iter(units.values())) if len(units) == 1 else ""
    decimal, group = "".join(decimals), "".join(groups)
    if len(single) == 2 and not decimal and not group:
        raise UnclearError(f"'{single[POINT]}' and '{single[COMMA]}' contradict each other")
    for mark, cell in single.items():
        if not decimal and not group:
            return Written("", "", cell, longest == 3, unit)
        if mark not in (decimal, group):
            decimal, group = (decimal, mark) if decimal else (mark, group)
    return Written(decimal, group, "", False, unit)


def settle(columns: dict[int, Written], separator: str) -> dict[int, Written]:
    """Settle what columns leave unclear by the others: a file has one way of writing.

    Where the others, and what separates the columns, do not tell either, `unclear` stays.
    """
    known = columns.values()
    decimals = {column.decimal for column in known if column.decimal}
    groups = {column.group for column in known if column.group}
    if not decimals and not groups:
        groups = {_mark(column.unclear) for column in known if column.unclear and column.hundreds}
    result = {}
    for key, column in columns.items():
        if mark := _mark(column.unclear):
            likely = not groups and (mark == POINT or (not decimals and mark == separator))
            sums = likely and mark == POINT and mark not in decimals and _is_money(column)
            if mark in groups or (decimals and mark not in decimals) or sums:
                column = Written("", mark, unit=column.unit)
            elif mark in decimals or (likely and mark == POINT):
                column = Written(mark, unit=column.unit)
            elif likely:  # decimal commas between separating commas would all need quotes
                column = Written("", mark, unit=column.unit)
        result[key] = column
    return result


def too_large(cell: str) -> bool:
    """Tell whether a cell is a number that is too large to compute with."""
    try:
        return not cell.strip("+- ").isalpha() and abs(float(cell)) >= HUGE
    except ValueError:
        return False


def is_infinite(cell: str) -> bool:
    """Tell whether a cell says that a number has no end: inf, ∞, Infinity, 1.#INF."""
    return cell.strip("+-\u2212 ").casefold() in _INFINITE


def readings(cell: str) -> str:
    """Return what an unclear cell may stand for, for people."""
    mark = _mark(cell)
    return f"{cell.replace(mark, '')} or {cell.replace(mark, '.')}"


def value_of(cell: str, written: Written) -> float | None:
    """Return the number that a cell stands for; None where it is none."""
    found = _core(cell)
    if found is None or (found[1] and not _same_unit(found[1], written.unit)):
        return None
    core = found[0]
    if written.group:
        core = core.replace(written.group, "")
    elif written.decimal != COMMA and COMMA in core:
        return None
    if written.decimal == COMMA:
        if POINT in core:
            return None
        core = core.replace(COMMA, POINT)
    return float(core) if is_number(core) else None


def shared_unit(cells: Sequence[str], least: int = _AMOUNTS) -> str:
    """Return the word that follows the number in all cells that have a value: "months", "GB".

    Fewer than `least` numbers, as of 36 months and 60 months, are kinds rather than amounts: then
    it is "".
    """
    found = [_COUNTED.fullmatch(cell.strip()) for cell in cells if not is_missing(cell)]
    numbers = {each["core"] for each in found if each}
    units = {each["unit"] if each else "" for each in found}
    unit = next(iter(units), "")
    alike = len(units) == 1 and len(numbers) >= least and all(map(looks_numeric, numbers))
    return unit if alike else ""


def _same_unit(one: str, other: str) -> bool:
    """Tell whether two units are one, as EUR and eur are, and kr. and kr."""
    if one == other:
        return True
    currency = bool(re.fullmatch(_CURRENCIES, one))
    return currency and one.casefold().rstrip(".") == other.casefold().rstrip(".")


def _lead(cell: str) -> int:
    """Return how many digits stand before the mark of a cell."""
    found = _core(cell)
    return len(re.match(r"\d*", found[0].lstrip("+-"))[0]) if found else 0  # type: ignore[index]


def _is_money(column: Written) -> bool:
    """Tell whether unclear numbers are sums: these have no three decimals, unless of 1.459 $."""
    return bool(re.fullmatch(_CURRENCIES, column.unit)) and _lead(column.unclear) > 1


def _mark(cell: str) -> str:
    return next((mark for mark in (COMMA, POINT) if mark in cell), "")


def _core(cell: str) -> tuple[str, str] | None:
    """Return a number without its sign of currency, unit and spaces, and the unit."""
    text = cell.strip().replace("\u2212", "-")  # the minus sign of typesetting
    if is_number(text):
        return text, ""
    if len(text) > _LONGEST:  # no sum of money: the patterns below would take for ever
        return None
    text = _WHOLE_SUM.sub(r"\g<mark>00", text)
    if found := _LOSS.fullmatch(text):
        text = f"-{found['amount'].strip()}"
    if is_number(text):
        return text, ""
    found = _DRESSED.fullmatch(text)
    if found is None:
        return None
    core = found["core"].strip()
    if _SPACES.fullmatch(core):
        core = re.sub(r"[\s'’]", "", core)
    if not re.fullmatch(r"[+-]?(?:\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d+)?", core):
        return None
    if found["sign"] and core[0] in "+-":
        return None
    marks = core.count(COMMA), core.count(POINT)
    if max(marks) > 1 and not any(shape.fullmatch(core) for shape in _LONG):
        return None
    if min(marks) > 0 and not _BOTH.fullmatch(core):
        return None
    return found["sign"] + core, found["before"] or found["after"] or ""
