"""Motion: whether anything moves by itself, as signals along the edges and panels into place do.

It rests where the user wishes so, or where the desktop says that widgets are not to be animated;
GNOME does not tell Qt that, so there it takes the wish.
"""

from PySide6.QtWidgets import QApplication, QStyle

_wished: list[bool] = []


def rests() -> bool:
    """Tell whether nothing is to move by itself."""
    return bool(_wished) or _rests_on_the_desktop()


def wish(*, rest: bool) -> None:
    """Let nothing move any more, or what the desktop lets."""
    _wished[:] = [True] if rest else []


def _rests_on_the_desktop() -> bool:
    style = QApplication.style()
    return style is not None and not style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
