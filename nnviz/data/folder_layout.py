"""Where a folder's pictures lie: by class, for training and testing, and what else is there.

The classes lie in the folder itself or in `train` and `test` below it; where there is
no test folder one for validation takes its place. What cannot be used is
counted, so that it can be said.
"""

from collections import Counter
from pathlib import Path

from nnviz.data.dataset import MOST_CLASSES, DataError
from nnviz.data.picture_kinds import ENDINGS, KINDS
from nnviz.dataclass import dataclass
from nnviz.numbers import count

TRAIN = ("train", "training")
TEST = ("test", "testing")
VALIDATION = ("val", "valid", "validation", "dev", "eval", "evaluation")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SYSTEM = {"thumbs.db", "desktop.ini", "icon\r"}  # what systems put beside pictures by themselves
_SYSTEM_FOLDERS = {"$recycle.bin", "system volume information", "lost+found", "@eadir", "#recycle"}
_MOST_TOLD = 5  # endings of files left out that are named

Found = dict[str, list[Path]]
"""The pictures of every class."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a folder of pictures holds.

    Attributes:
        train: the pictures to train on, by class, in the order of numbers and of the alphabet.
        test: those to test with, empty where the folder does not say.
        tested: the name of the folder these are from.
        left_out: what is not used, with counts, for people; empty for nothing.
    """

    train: Found
    test: Found
    tested: str
    left_out: tuple[str, ...]


def holds_pictures(folder: Path) -> bool:
    """Tell whether a folder has pictures in folders by class."""
    try:
        train = _below(folder, TRAIN)
        return any(_pictures(place) for place in _folders(train or folder))
    except OSError:
        return False


def holds_loose_pictures(folder: Path) -> bool:
    """Tell whether pictures lie in a folder itself, where nothing says what they show."""
    return bool(_pictures(folder))


def folders_below(folder: Path) -> list[Path]:
    """Return the folders in another that may hold data, in order; none where it cannot be read."""
    try:
        return _folders(folder)
    except OSError:
        return []


def find_pictures(folder: Path) -> Layout:
    """Find the pictures of a folder.

    Raises:
        DataError: they do not lie in folders by class.
        OSError: the system does not let it be read.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder: give one that holds a folder a class.")
    _refuse_loose(folder)
    root = _below(folder, TRAIN) or folder
    train = _classes(root)
    test: Found = {}
    tested, left_out = "", []
    if root != folder:
        for place in _parts(folder, TEST + VALIDATION):
            by_class = _by_class(place) if _folders(place) else {}
            if by_class and not test:
                test, tested = by_class, place.name
                _refuse_unknown(place, test, train, root)
            elif pictures := sum(map(len, by_class.values())) or len(_pictures(place)):
                left_out.append(f"{count(pictures, 'picture')} in {place.name}")
        known = _parts(folder, TRAIN + TEST + VALIDATION)
        for place in _folders(folder):
            pictures = sum(len(_pictures(below)) for below in (place, *_folders(place)))
            if place not in known and pictures:
                left_out.append(f"{count(pictures, 'picture')} in {place.name}")
    if loose := len(_pictures(root)):
        left_out.append(count(loose, "loose picture"))
    places = [root / name for name in train]
    if tested:
        places += [folder / tested / name for name in test]
    return Layout(train, test, tested, (*left_out, *_others(places)))


def _refuse_loose(folder: Path) -> None:
    """Refuse pictures that lie loose in train and test: nothing says their classes."""
    filled = [place for place in _folders(folder) if _pictures(place)]
    parts = set(TRAIN + TEST + VALIDATION)
    if not filled or any(place.name.casefold() not in parts for place in filled):
        return
    train = _below(folder, TRAIN)
    if train is not None and any(_pictures(place) for place in _folders(train)):
        return
    names = " and ".join(place.name for place in filled)
    raise DataError(
        f"{folder} has pictures that lie loose in {names}, so nothing says what they show: put a "
        "folder a class into train, and the same into test."
    )


def _refuse_unknown(place: Path, test: Found, train: Found, root: Path) -> None:
    for name in test:
        if name not in train:
            raise DataError(
                f"{place / name} is a class that {root} does not have: give both the same classes."
            )


def _classes(folder: Path) -> Found:
    found = _by_class(folder)
    if not 2 <= len(found) <= MOST_CLASSES:
        raise DataError(
            f"{folder} has {len(found)} folders of pictures: give it one for each class, from 2 to "
            f"{MOST_CLASSES}."
        )
    return found


def _by_class(folder: Path) -> Found:
    found = {place.name: _pictures(place) for place in _folders(folder)}
    for name, pictures in found.items():
        if not pictures:
            others = ", ".join(_others([folder / name]))
            held = f", only {others}" if others else ""
            raise DataError(
                f"{folder / name} has no pictures ({KINDS}){held}: add some or remove the folder."
            )
    return {name: found[name] for name in sorted(found, key=_rank)}


def _rank(name: str) -> tuple[float, str, str]:
    word = name.casefold()
    if word.isascii() and word.isdigit() and len(word) < 10:
        return int(word), word, name
    return (_WORDS.index(word) if word in _WORDS else float("inf")), word, name


def _below(folder: Path, names: tuple[str, ...]) -> Path | None:
    """Return the folder of one of these names below another if it holds folders itself."""
    return next((place for place in _parts(folder, names) if _folders(place)), None)


def _parts(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Return the folders of these names below another, in the order of the names."""
    found = [place for place in _folders(folder) if place.name.casefold() in names]
    return sorted(found, key=lambda place: names.index(place.name.casefold()))


def _folders(folder: Path) -> list[Path]:
    # Names that begin so are the system's, too: .git, __MACOSX.
    return sorted(
        place
        for place in folder.iterdir()
        if place.is_dir()
        and not place.name.startswith((".", "__"))
        and place.name.casefold() not in _SYSTEM_FOLDERS
    )


def _pictures(folder: Path) -> list[Path]:
    return sorted(path for path in _files(folder) if path.suffix.casefold() in ENDINGS)


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith(".") and path.name.casefold() not in _SYSTEM
    ]


def _others(places: list[Path]) -> list[str]:
    """Count what lies in folders of classes and is no picture that nnviz reads."""
    endings: Counter[str] = Counter()
    nested = 0
    for place in places:
        endings.update(
            path.suffix.casefold() or "without an ending"
            for path in _files(place)
            if path.suffix.casefold() not in ENDINGS
        )
        nested += sum(len(_pictures(below)) for below in _folders(place))
    told = [f"{number} {ending}" for ending, number in endings.most_common(_MOST_TOLD)]
    if rest := endings.total() - sum(number for _, number in endings.most_common(_MOST_TOLD)):
        told.append(count(rest, "other file"))
    if nested:
        told.append(f"{count(nested, 'picture')} in folders below the classes")
    return told
