"""Style sheets of the small controls that stand inside a panel, one for all views.

Padding, corners and handles follow the theme's scale; letters come from the widget's font or, where
a step is named, from the sheet itself.
"""

from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import Step

QUIET = "QLineEdit:!hover:!focus { background: transparent; border-color: transparent; }"


def controls(
    theme: Theme,
    *,
    step: Step | None = None,
    padding: tuple[float, float] = (0, 5),
    corner: float = 5,
    quiet: bool = False,
    accent: str = "",
) -> str:
    """Return the style of buttons, lists, fields and sliders in a panel; lengths at a factor of 1.

    Letters are of a step, or for None left to the controls' font; padding is above and below, left
    and right. A `quiet` field is nothing but text until the pointer or a key comes. The ground of
    what is checked and a slider's handle have the accent, else the text's colour.
    """
    scale, accent = theme.scale, accent or theme.text
    above, beside = (scale.space(length) for length in padding)
    tall = max(scale.target - 2 * above - 2 * scale.space(1), 0)
    wide = max(scale.target - 2 * beside - 2 * scale.space(1), 0)
    letters = "" if step is None else f" font-size: {scale.px(step)}px;"
    handle, groove = scale.space(12), scale.space(4)
    arrow = scale.space(9)
    box = (
        f"background: {theme.raised}; color: {theme.text}; border: {scale.space(1)}px solid "
        f"{theme.line}; border-radius: {scale.space(corner)}px; padding: {above}px {beside}px; "
        f"min-height: {tall}px; min-width: {wide}px;{letters}"
    )
    kinds = "QPushButton{0}, QToolButton{0}, QComboBox{0}"
    return (
        f"{kinds.format('')}, QLineEdit {{ {box} }}"
        f"{kinds.format(':hover')} {{ border-color: {theme.dim}; }}"
        f"{kinds.format(':focus')}, QLineEdit:focus {{ border-color: {theme.now}; }}"
        f"QPushButton:pressed, QToolButton:pressed {{ background: {theme.line}; }}"
        f"QPushButton:checked, QToolButton:checked {{ background: {accent};"
        f" color: {theme.panel}; border-color: {accent}; }}"
        f"{kinds.format(':disabled')} {{ color: {theme.dim}; background: {theme.panel}; }}"
        f"QLineEdit {{ selection-background-color: {theme.text};"
        f" selection-color: {theme.panel}; }}"
        f"{QUIET if quiet else ''}"
        f'QLineEdit[refused="true"] {{ border-color: {theme.minus}; }}'
        "QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }"
        f"QComboBox::drop-down {{ width: {2 * arrow}px; border: none; }}"
        f"QComboBox::down-arrow {{ width: {arrow}px; height: {arrow}px; }}"
        f"QSlider::groove:horizontal {{ height: {groove}px; background: {theme.line};"
        f" border-radius: {groove // 2}px; }}"
        f"QSlider::handle:horizontal {{ width: {handle}px; height: {handle}px;"
        f" margin: -{(handle - groove) // 2}px 0; border-radius: {handle // 2}px;"
        f" background: {accent}; }}"
    )


def label(theme: Theme, *, dim: bool = True) -> str:
    """Return the style of a label on a panel: dimmed, or as what must be read."""
    return f"color: {theme.dim if dim else theme.text}; background: transparent;"


def popup(theme: Theme, name: str) -> str:
    """Return the style of the frame of a window of its own that pops up, by its object name."""
    width = theme.scale.space(1)
    return f"#{name} {{ background: {theme.panel}; border: {width}px solid {theme.dim}; }}"


def thin_scroll_bar(theme: Theme) -> str:
    """Return the style of a scroll area without frame, ground or buttons, its bars thin ones."""
    width, least = theme.scale.space(8), theme.scale.space(20)
    return (
        "QAbstractScrollArea { background: transparent; border: none; }"
        f"QScrollBar:vertical {{ background: transparent; width: {width}px; margin: 0; }}"
        f"QScrollBar:horizontal {{ background: transparent; height: {width}px; margin: 0; }}"
        f"QScrollBar::handle {{ background: {theme.line}; border-radius: {width // 2}px; }}"
        f"QScrollBar::handle:vertical {{ min-height: {least}px; }}"
        f"QScrollBar::handle:horizontal {{ min-width: {least}px; }}"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )
