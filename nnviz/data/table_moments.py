"""Dates and times as people write them, the month in numbers or in words of several languages."""

import re

_DATE = r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)"
_TIME = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d\d:?\d\d)?"
_MOMENT = re.compile(rf"(?:{_DATE})(?:(?:T| +){_TIME})?|{_TIME}")
_ZONED = re.compile(rf"(?:{_DATE})[T ]+{_TIME} ?(?:UTC|GMT|MEZ|MESZ|CES?T)(?:[+-]\d+(?::\d\d)?)?")
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec mrz mär mai okt dez fév fev avr juin juil "
    "aoû aou déc ene abr ago dic gen mag giu lug set ott out"
)
_DAYS = "mon tue wed thu fri sat sun mo di mi do fr sa so"
_BESIDE = "am pm utc gmt mez mesz cet cest z t st nd rd th uhr de le den"
_LONGEST = 10  # letters of a month or a day of the week
_BEGINS_MONTH, _BEGINS_DAY = tuple(_MONTHS.split()), tuple(_DAYS.split())
_WORDS = frozenset(_BESIDE.split())


def is_moment(text: str) -> bool:
    """Tell whether a text is a date or a time."""
    if _MOMENT.fullmatch(text) or _ZONED.fullmatch(text):
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if word not in _WORDS]
    months = [word for word in words if word.startswith(_BEGINS_MONTH) and len(word) <= _LONGEST]
    days = [
        word
        for word in words
        if word not in months and word.startswith(_BEGINS_DAY) and len(word) <= _LONGEST
    ]
    said = len(months) == 1 and len(days) == len(words) - 1
    numbers = re.findall(r"\d+", text)
    enough = len(numbers) > 1 or any(len(number) > 1 for number in numbers)  # which "set 1" has not
    return said and enough and not re.search(r"[^\w\s.,:/+-]|_", text)
