"""Which column of a table is predicted: the one chosen, or the likeliest, and why.

Names come first, in the languages that tables are often in; then the one column that
is not numbered as the others are, words, classes in the first column, and the last
column. Whatever is taken, the reason is told.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.table_classes import may_be_classes
from nnviz.data.table_content import Table
from nnviz.data.table_groups import beginning, one_hot_groups, series_first, series_of
from nnviz.data.table_names import folded, listed, short
from nnviz.data.table_pictures import coloured, find_pictures
from nnviz.data.table_row_names import words_of
from nnviz.dataclass import dataclass

CHOSEN, CHOSEN_SEVERAL = "you chose it", "you chose them"

_LABELS = (
    "label labels target targets etikett zielgrosse zielwert ziel etiquette cible etiqueta "
    "objetivo etichetta obiettivo rotulo alvo etykieta doel метка 标签 ラベル"
)
_OUTCOMES = (
    "survived species diagnosis outcome churn exited attrition fraud spam spezies uberlebt "
    "diagnose ergebnis espece survecu diagnostic resultat especie sobrevivio diagnostico "
    "resultado specie sopravvissuto diagnosi risultato soort gatunek result вид результат"
)
_CLASSES = (
    "class classes klasse klassen classe clase klass klasa digit ziffer chiffre digito cifra "
    "letter buchstabe lettre letra lettera character zeichen класс"
)
_AMOUNTS = (
    "price preis prix precio prezzo preco prijs cena цена rent miete loyer salary gehalt rings mpg "
    "medv strength charges sales umsatz"
)
_GROUPS = (
    "category kategorie categorie categoria kategoria категория quality qualitat qualite calidad "
    "qualita qualidade type typ tipo тип group gruppe groupe grupo gruppo groep grupa группа kind "
    "sorte art tier response decision entscheidung y"
)
_SUMS = _AMOUNTS.split()[: _AMOUNTS.split().index("rings")]  # also as the last of several words
_TIERS = tuple(names.split() for names in (_LABELS, _OUTCOMES, _CLASSES, _AMOUNTS, _GROUPS))
_SURE = frozenset(name for names in _TIERS[:3] for name in names)
_OF_CLASSES = frozenset(
    set(_OUTCOMES.split()) | set(_CLASSES.split()) | set(_GROUPS.split()) | {"label", "labels"}
) - {"y", "quality", "response", "result", "ergebnis", "outcome"}
_HOUSE_VALUES = ("house value", "home value", "property value")
_COORDINATES = ("x", "y", "z")
_SERIES = 4  # columns numbered alike
_OTHERS = 4  # columns of decimals, at least, that tell the only one of whole numbers apart
_LEAST = 5  # rows of each class, where a first column is taken for classes
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """What is predicted.

    Attributes:
        places: the columns.
        reason: why, a clause for people.
        others: columns that could be predicted instead, the file's order.
        groups: columns of which exactly one is 1 in each row.
    """

    places: tuple[int, ...]
    reason: str
    others: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...] = ()

    @property
    def one_hot(self) -> bool:
        """True where each of the columns stands for a class."""
        return self.places in self.groups

    @property
    def given_away(self) -> tuple[int, ...]:
        """The columns that say with the others of a group what is predicted: no inputs."""
        wanted = set(self.places)
        return tuple(
            place
            for group in self.groups
            if wanted & set(group)
            for place in group
            if place not in wanted
        )


def choose(table: Table, left_out: Sequence[int], wanted: Sequence[str] = ()) -> Choice:
    """Choose the columns to predict: those that somebody wanted, or the likeliest.

    A wanted name is split at commas where no column has the whole of it. Columns left out only
    name the rows.

    Raises:
        DataError: there is no such column, or nothing looks like one to predict.
    """
    there = table.there
    wanted = (wanted,) if isinstance(wanted, str) else wanted
    groups = one_hot_groups(table, [place for place in there if place not in left_out])
    if wanted:
        places = _by_beginning(table, groups, wanted) or _named(table, there, wanted)
        reason = CHOSEN if len(places) == 1 else CHOSEN_SEVERAL
        places = next((group for group in groups if set(group) == set(places)), places)
    else:
        # What is called a label is one, though it be another word in every row: that is refused.
        labels = [place for place in left_out if " ".join(words_of(table.names[place])) in _SURE]
        free = [place for place in there if place not in left_out or place in labels]
        place, reason = _guess(table, free)
        places, reason = _together(table, place, reason, free, groups)
    alone = () if places in groups else places
    others = [
        place
        for place in there
        if place not in alone and place not in left_out and _can_be_predicted(table, place)
    ]
    return Choice(places, reason, tuple(others), tuple(groups))


def _by_beginning(
    table: Table, groups: Sequence[tuple[int, ...]], wanted: Sequence[str]
) -> tuple[int, ...]:
    """Return the group whose names begin with what is wanted, as species_setosa with species."""
    if len(wanted) != 1 or find_column(table, table.there, wanted[0]) is not None:
        return ()
    begun = {
        folded(beginning([table.names[place] for place in group]).rstrip("_.:=/|[ ")): group
        for group in groups
    }
    return begun.get(folded(wanted[0]), ()) if wanted[0].strip() else ()


def _together(
    table: Table, place: int, reason: str, free: Sequence[int], groups: Sequence[tuple[int, ...]]
) -> tuple[tuple[int, ...], str]:
    """Return the columns that are predicted with a guessed one, and why."""
    name = short(table.names[place])
    for group in groups:
        if place in group:
            return group, f"exactly one is in every row and '{name}' was guessed: {reason}"
    if series := series_of(table, place, free):
        return series, f"their names differ in the number only and '{name}' was guessed: {reason}"
    return (place,), reason


def says_classes(name: str) -> bool:
    """Tell whether a column's name says that it holds classes."""
    words = words_of(name)
    return bool(words) and (words[0] in _OF_CLASSES or words[-1] in _OF_CLASSES)


def says_amounts(name: str) -> bool:
    """Tell whether a column's name says that it holds amounts."""
    return any(word in _AMOUNTS.split() for word in words_of(name))


def _named(table: Table, there: Sequence[int], wanted: Sequence[str]) -> tuple[int, ...]:
    places: list[int] = []
    for name in wanted:
        place = find_column(table, there, name)
        parts = [find_column(table, there, part) for part in name.split(",")]
        found = [place] if place is not None else [part for part in parts if part is not None]
        if place is None and (None in parts or not found):
            near = _nearest(name, [table.names[place] for place in there])
            raise DataError(
                f"{table.path} has no column '{short(name)}': choose among {listed(near, _LISTED)}."
            )
        places.extend(found)
    return tuple(dict.fromkeys(places))


def _nearest(name: str, names: Sequence[str]) -> list[str]:
    """Return names with those first that somebody may have meant by another; else in order."""
    alike = {folded(other): other for other in reversed(names)}
    begun = [other for word, other in alike.items() if word.startswith(folded(name)) and name]
    close = [alike[word] for word in get_close_matches(folded(name), alike, cutoff=0.7)]
    return list(dict.fromkeys((*close, *begun[::-1], *names)))


def find_column(table: Table, there: Sequence[int], name: str) -> int | None:
    """Return the column of a name: exactly so, or but for small letters, spaces and subscripts."""
    for same in (str, folded):
        found = [place for place in there if same(table.names[place]) == same(name)]
        if len(found) == 1:
            return found[0]
    return None


def _can_be_predicted(table: Table, place: int) -> bool:
    if place in table.words:
        return may_be_classes(table, place)
    values = table.known(place)
    return bool(len(values)) and bool((values != values[0]).any())


def _guess(table: Table, places: Sequence[int]) -> tuple[int, str]:
    if not places:
        raise DataError(f"{table.path} has no column that could be predicted.")
    named = _by_name(table, places)
    if named is not None:
        return named, "its name says so"
    if (first_series := series_first(table, places)) is not None:
        return first_series, "its name says so"
    if (odd := _not_numbered(table, places)) is not None:
        return odd, "the other columns are numbered alike"
    if _are_pixels(table, places):
        raise DataError(
            f"{table.path} holds {len(places)} pixels a row and no label, so nothing says what is "
            "to be predicted: add a column 'label', or choose one of the columns as the target."
        )
    for place, where in ((places[-1], "last"), (places[0], "first")):
        others = [other for other in places if other != place]
        if may_be_classes(table, place) and _are_pixels(table, others):
            return place, f"it is the {where} beside pictures"
    words = [place for place in places if place in table.words and may_be_classes(table, place)]
    if words and not table.header and _first_is_class(table, places):
        return places[0], "it is the first and holds two words, the last holds more"
    if words:
        many = "it is the last column of words" if len(words) > 1 else "it holds words"
        return words[-1], many
    first, last = places[0], places[-1]
    if not may_be_classes(table, last) and _begins_with_classes(table, first, places[1:]):
        return first, "its few whole numbers look like classes"
    numbers = [place for place in places if place in table.places]
    return (numbers or places)[-1], "it is the last"


def _by_name(table: Table, places: Sequence[int]) -> int | None:
    """Return the column whose name says that it is to be predicted; sound ones before others."""
    names = {place: " ".join(words_of(table.names[place])) for place in places}
    coordinates = [place for place in places if names[place] in _COORDINATES]
    alone = len(coordinates) < 2 or len(coordinates) == len(places) == 2
    found = []
    for tier in _TIERS:
        for known in tier:
            found += [
                place for place in places if names[place] == known and (known != "y" or alone)
            ]
    for tier in _TIERS[:3]:
        found += [
            place
            for place in places
            if {*words_of(table.names[place])[:1], *words_of(table.names[place])[-1:]} & set(tier)
            and may_be_classes(table, place)
        ]
    found += [
        place
        for place in places
        if names[place].endswith(_HOUSE_VALUES)
        or (words_of(table.names[place])[-1:] and words_of(table.names[place])[-1] in _SUMS)
    ]
    sound = [place for place in found if _can_be_predicted(table, place)]
    return next(iter(sound or found), None)


def _pattern(name: str) -> str:
    """Return a name with # for each number in it, "" where there is none."""
    shape, numbers = re.subn(r"[\d#]+", "#", unicodedata.normalize("NFKC", name))
    return shape if numbers else ""


def _not_numbered(table: Table, places: Sequence[int]) -> int | None:
    """Return the one column that is not numbered as all others are."""
    shapes = {place: _pattern(table.names[place]) for place in places}
    shape, count = Counter(shapes.values()).most_common(1)[0]
    if not shape or count < _SERIES or count != len(places) - 1:
        return None
    return next(place for place in places if shapes[place] != shape)


def _are_pixels(table: Table, places: Sequence[int]) -> bool:
    if not places or any(place in table.words for place in places):
        return False
    columns = [table.places.index(place) for place in places]
    names = [table.names[place] for place in places]
    values = table.values[:, columns]
    whole = np.isfinite(values).all(axis=1)
    values = values if whole.all() else values[whole]
    return find_pictures(names, values) is not None or coloured(values) > 0


def label_beside_pictures(table: Table, places: Sequence[int]) -> int | None:
    """Return the column of labels where all others are pixels: by its name, or by its place."""
    named = _by_name(table, places)
    if named is not None:
        return named
    ends = (places[-1], places[0])
    likely = [
        end for end in ends if _are_pixels(table, [place for place in places if place != end])
    ]
    return max(
        likely,
        key=lambda end: (may_be_classes(table, end), bool(table.numbers(end).any())),
        default=None,
    )


def _first_is_class(table: Table, places: Sequence[int]) -> bool:
    """Tell whether a table of words alone begins with the class: two kinds, of which none lacks."""
    first, last = places[0], places[-1]
    if any(place not in table.words for place in places) or table.missing(first).any():
        return False
    many = len(table.words[last].kinds()) != 2 or bool(table.missing(last).any())
    return len(table.words[first].kinds()) == 2 and many


def _begins_with_classes(table: Table, first: int, others: Sequence[int]) -> bool:
    """Tell whether the first column is the class, as in some well-known tables.

    Its numbers are those of classes, and either the rows lie class by class, or it is the only
    column of whole numbers, or the file is called after it.
    """
    if first in table.words or not may_be_classes(table, first) or not others:
        return False
    numbers = table.known(first)
    counts = np.unique(numbers, return_counts=True)[1]
    if counts.min() < _LEAST:
        return False
    in_blocks = int((np.diff(numbers) != 0).sum()) == len(counts) - 1
    whole = [
        place
        for place in others
        if place in table.places and (table.known(place) == np.rint(table.known(place))).all()
    ]
    name = words_of(table.names[first])
    alone = not whole and len(others) >= _OTHERS
    return in_blocks or alone or bool(set(name) & set(words_of(table.path.stem)))
