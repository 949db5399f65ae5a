"""The fonts of formulas: the bundled serif font for mathematics, and the window's for words."""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from nnviz.paths import resource
from nnviz.views.shared.type_scale import sized


@lru_cache(maxsize=1)
def _family() -> str:
    data = resource("fonts/nnviz-math.ttf").read_bytes()
    number = QFontDatabase.addApplicationFontFromData(data)
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else "serif"


@lru_cache(maxsize=256)
def font(style: str, size: int) -> QFont:
    """Return a font: "sans" and "strong" of the window, anything else for mathematics."""
    words = style in ("sans", "strong")
    made = sized(QFont() if words else QFont(_family()), size)
    if style == "strong":
        made.setWeight(QFont.Weight.DemiBold)
    if not words:
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=256)
def _metrics(style: str, size: int) -> QFontMetricsF:
    return QFontMetricsF(font(style, size))


@lru_cache(maxsize=16384)
def advance(text: str, style: str, size: int) -> float:
    """Return the width of a text in pixels."""
    return _metrics(style, size).horizontalAdvance(text)


def forget_fonts() -> None:
    """Measure anew after the window's font has changed."""
    for cache in (font, _metrics, advance):
        cache.cache_clear()
