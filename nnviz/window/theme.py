"""How the window looks: fonts, palette, style sheet and icons of a theme.

Colours come from `views.palette`; this module only says where Qt's own widgets
use them. Icons are SVG files drawn in one colour, so they suit every theme.
"""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.paths import resource
from nnviz.views.palette import DARK, LIGHT, Theme
from nnviz.views.shared.type_scale import Step, TypeScale

FAMILIES = (
    "Inter",
    "SF Pro Text",
    "Segoe UI Variable Text",
    "Segoe UI",
    "Cantarell",
    "Noto Sans",
    "DejaVu Sans",
)
TABS = {False: (Step.LABEL, 7, 3), True: (Step.CAPTION, 3, 1)}
"""A dock's tab, by whether it is narrow: its letters, the pixels beside them, the gap after it."""
USUAL = TypeScale()
"""The scale until a theme says another."""
_PIXELS = re.compile(r"(radius: )?(-?\d+)px")


def system_theme() -> Theme:
    """Return the theme the desktop asks for; dark where it does not say."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return LIGHT if scheme == Qt.ColorScheme.Light else DARK


def application_font(scale: TypeScale = USUAL) -> QFont:
    """Return the first of our font families that is installed, with figures of equal width."""
    installed = set(QFontDatabase.families())
    family = next((name for name in FAMILIES if name in installed), QFont().family())
    return scale.font(QFont(family), Step.BODY)


def dress(window: QWidget, theme: Theme) -> None:
    """Give one window another theme than the rest of the application has, larger letters too."""
    sheet = _whole_sheet(theme) + _popups(theme)
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)  # first: it brings back the palette from before it
        window.setFont(application_font(theme.scale))
        window.setPalette(_palette(theme))


def _popups(theme: Theme) -> str:
    """Return the style of windows over a window: Qt gives them the application's letters."""
    letters = theme.scale.px(Step.BODY)
    return f"QToolTip, QMenu, QDialog, QMessageBox {{ font-size: {letters}px; }}"


def _whole_sheet(theme: Theme) -> str:
    larger = _larger(theme) if theme.scale.factor > 1 else ""
    return _scaled(_style_sheet(theme) + larger, theme.scale)


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole application a theme's font, palette and style sheet."""
    sheet = _whole_sheet(theme)
    if app.styleSheet() == sheet:
        return
    with _nothing_collected():
        if app.styleSheet():
            # In place of another sheet Qt would dress each widget once for itself, and once more
            # for every widget around it.
            app.setStyleSheet("")
        else:
            app.setStyle("Fusion")  # a sheet that was taken off stood on it already
        app.setFont(application_font(theme.scale))
        # QStyleHints.setColorScheme alone does nothing on bare X: Fusion's palette is set as well.
        app.setPalette(_palette(theme))
        app.setStyleSheet(sheet)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Put off the search for garbage.

    Qt goes through a list of all widgets, and tells each of its new style: were one of them
    collected meanwhile, Qt would go on with what is not there any more, and crash.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons/nnviz.svg")))


@cache
def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """Return an icon of resources/icons drawn in a colour, and dimmed where disabled."""
    result = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled or colour)):
        result.addPixmap(_pixmap(name, ink), mode)
    return result


def _pixmap(name: str, colour: str) -> QPixmap:
    svg = resource(f"icons/{name}.svg").read_text("utf-8").replace("currentColor", colour)
    # Drawn large once: Qt scales it down cleanly on every screen.
    svg = svg.replace("<svg ", '<svg width="64" height="64" ', 1)
    pixmap = QPixmap()
    pixmap.loadFromData(QByteArray(svg.encode()), "SVG")
    return pixmap


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for colour, roles in (
        (theme.ground, (role.Window, role.Light, role.Midlight)),
        (theme.panel, (role.Base, role.ToolTipBase)),
        (theme.raised, (role.Button, role.AlternateBase, role.Mid)),
        (theme.line, (role.Dark, role.Shadow)),
        (theme.text, (role.WindowText, role.Text, role.ButtonText, role.ToolTipText)),
        (theme.text, (role.BrightText, role.Highlight)),
        (theme.panel, (role.HighlightedText,)),
        (theme.plus, (role.Link, role.LinkVisited)),
        (theme.dim, (role.PlaceholderText,)),
    ):
        for each in roles:
            palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.dim))
    return palette


def _scaled(sheet: str, scale: TypeScale) -> str:
    """Return a style sheet, written for a factor of 1, with all its lengths and letters scaled."""

    def length(found: re.Match[str]) -> str:
        pixels = int(found[2])
        if found[1]:  # Qt draws a square where a radius is more than half of the side
            return f"{found[1]}{int(pixels * scale.factor)}px"
        return f"{-scale.space(-pixels) if pixels < 0 else scale.space(pixels)}px"

    return _PIXELS.sub(length, sheet)


def _style_sheet(theme: Theme) -> str:
    arrow, tick = (resource(f"icons/{name}.svg").as_posix() for name in ("down", "check"))
    small = Step.LABEL.value
    (_, beside, gap), (letters, closer, less) = TABS[False], TABS[True]
    return f"""
QMainWindow, QDialog, QMessageBox {{ background: {theme.ground}; }}
QMainWindow::separator {{ background: {theme.ground}; width: 8px; height: 8px; }}
QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line};
    padding: 4px 6px; }}

#PanelTitle {{ background: {theme.panel}; border: 1px solid {theme.line}; border-bottom: none;
    border-top-left-radius: 9px; border-top-right-radius: 9px; }}
#PanelTitle QLabel {{ color: {theme.dim}; font-size: {small}px; letter-spacing: 1px; }}
#PanelTitle QToolButton {{ border: none; background: transparent; padding: 2px;
    border-radius: 4px; }}
#PanelTitle QToolButton:hover {{ background: {theme.raised}; }}
#PanelBody[tabbed="true"] {{ border-top: 1px solid {theme.line};
    border-top-right-radius: 9px; }}
#PanelBody {{ background: {theme.panel}; border: 1px solid {theme.line}; border-top: none;
    border-bottom-left-radius: 9px; border-bottom-right-radius: 9px; }}
#PanelCover {{ background: {theme.panel}; border-bottom-left-radius: 8px;
    border-bottom-right-radius: 8px; }}
QLabel#Dim, QLabel#FieldLabel {{ color: {theme.dim}; }}
QLabel#FieldLabel[changed="true"] {{ color: {theme.text}; }}
#GroupHead {{ border-top: 1px solid {theme.line}; }}
#GroupHead QLabel {{ color: {theme.now}; font-size: {small}px; }}
QToolButton[head="true"] {{ background: transparent; color: {theme.text}; border: none;
    padding: 1px 0px; }}
QToolButton[restore="true"] {{ background: transparent; border: 1px solid transparent;
    border-radius: 4px; padding: 0; }}
QToolButton[restore="true"]:hover, QToolButton[restore="true"]:focus {{
    border-color: {theme.dim}; }}
QLabel#Term {{ font-weight: 600; }}

QMenuBar {{ background: transparent; color: {theme.dim}; border: none; }}
QMenuBar::item {{ background: transparent; padding: 3px 9px; border-radius: 5px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {theme.raised};
    color: {theme.text}; }}

QToolBar {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 9px;
    padding: 7px; spacing: 7px; }}
QToolBar QToolButton, QPushButton {{ background: {theme.raised}; color: {theme.text};
    border: 1px solid {theme.line}; border-radius: 7px; padding: 6px 12px; }}
QToolBar QToolButton:hover, QPushButton:hover {{ border-color: {theme.dim}; }}
QToolBar QToolButton:pressed, QPushButton:pressed {{ background: {theme.line}; }}
QToolBar QToolButton:focus, QPushButton:focus, QComboBox:focus, QLineEdit:focus {{
    border-color: {theme.now}; }}
QToolBar QToolButton:disabled, QPushButton:disabled {{ color: {theme.dim}; }}
QToolBar QToolButton[toolButtonStyle="2"] {{ padding-right: 6px; }}
QToolBar QToolButton#play, QPushButton#Primary {{ background: {theme.text};
    color: {theme.panel}; border-color: {theme.text}; font-weight: 600; }}
QToolBar QToolButton#play:disabled {{ background: {theme.raised}; color: {theme.dim};
    border-color: {theme.line}; }}
QToolBar QToolButton#play:focus, QPushButton#Primary:focus {{ border-color: {theme.now}; }}
QToolBar QToolButton::menu-indicator {{ image: none; }}
QToolBar QLabel {{ color: {theme.dim}; }}
QToolBar[compact="true"] {{ spacing: 5px; }}
QToolBar[compact="true"] QToolButton {{ padding: 6px 8px; }}
QToolBar[compact="true"] QToolButton[toolButtonStyle="2"] {{ padding-right: 3px; }}
QToolButton[switch="true"] {{ background: {theme.raised}; color: {theme.dim};
    border: 1px solid {theme.line}; border-radius: 5px; padding: 3px 2px; }}
QToolButton[switch="true"]:hover, QToolButton[switch="true"]:focus {{ border-color: {theme.dim}; }}
QToolButton[switch="true"]:checked {{ background: {theme.text}; color: {theme.panel}; }}
QToolButton[switch="true"]:checked:focus {{ border-color: {theme.now}; }}
#segments QToolButton {{ border-radius: 0; border-right: none; }}
#segments QToolButton#granularity_phase {{ border-top-left-radius: 7px;
    border-bottom-left-radius: 7px; }}
#segments QToolButton#granularity_epoch {{ border-top-right-radius: 7px;
    border-bottom-right-radius: 7px; border-right: 1px solid {theme.line}; }}
#segments QToolButton:hover {{ background: {theme.line}; }}
#segments QToolButton:checked {{ background: {theme.text}; color: {theme.panel};
    border-color: {theme.text}; }}

QMainWindow > QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
QMainWindow > QTabBar::tab {{ background: {theme.ground}; color: {theme.dim};
    border: 1px solid {theme.line}; border-bottom: none; border-top-left-radius: 7px;
    border-top-right-radius: 7px; padding: 5px {beside}px; margin-right: {gap}px;
    font-size: {small}px; }}
QMainWindow > QTabBar[narrow="true"]::tab {{ padding: 5px {closer}px; margin-right: {less}px;
    font-size: {letters.value}px; }}
QMainWindow > QTabBar::scroller {{ width: 0px; }}
#more_tabs {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line};
    border-radius: 4px; padding: 0; font-size: {small}px; }}
#more_tabs:hover, #more_tabs:focus {{ border-color: {theme.dim}; }}
#more_tabs::menu-indicator {{ image: none; }}
#enlarge_tab {{ background: transparent; border: none; border-radius: 4px; padding: 0; }}
#enlarge_tab:hover, #enlarge_tab:focus {{ background: {theme.raised}; }}
QMainWindow > QTabBar::tab:selected {{ background: {theme.panel}; color: {theme.text}; }}
QMainWindow > QTabBar::tab:hover {{ color: {theme.text}; }}

#defaults, #banner_close {{ background: transparent; color: {theme.text}; border-radius: 7px;
    border: 1px solid {theme.line}; padding: 3px 9px; }}
#defaults:hover, #banner_close:hover {{ border-color: {theme.dim}; }}
#defaults:disabled {{ color: {theme.dim}; }}
#Banner {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 9px; }}
#WeightEditor {{ background: {theme.panel}; border: 1px solid {theme.now}; border-radius: 9px; }}
#WeightEditor QLabel {{ color: {theme.text}; }}
#WeightEditor QLabel#weight_name {{ font-weight: 600; }}
#WeightEditor QPushButton#weight_close {{ border: none; background: transparent;
    color: {theme.dim}; padding: 2px 6px; }}
#WeightEditor QPushButton#weight_close:hover {{ color: {theme.text}; }}

QComboBox, QLineEdit, QSpinBox {{ background: {theme.raised}; color: {theme.text};
    border: 1px solid {theme.line}; border-radius: 6px; padding: 4px 8px; min-height: 20px; }}
QComboBox::drop-down {{ border: none; width: 18px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 10px; height: 10px; }}
QComboBox QAbstractItemView {{ background: {theme.panel}; color: {theme.text};
    border: 1px solid {theme.line}; selection-background-color: {theme.raised};
    selection-color: {theme.text}; }}
QComboBox:disabled, QLineEdit:disabled {{ color: {theme.dim}; }}

QCheckBox::indicator, QListView::indicator {{ width: 14px; height: 14px;
    border: 1px solid {theme.dim}; border-radius: 4px; background: {theme.raised}; }}
QCheckBox::indicator:checked {{ background: {theme.text}; border-color: {theme.text}; }}
QListView::indicator:checked {{ image: url("{tick}"); }}

QMenu {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
    padding: 5px; menu-scrollable: 1; }}
QMenu::item {{ padding: 6px 26px 6px 22px; border-radius: 5px; }}
QMenu::item:selected {{ background: {theme.raised}; }}
QMenu::item:disabled {{ color: {theme.dim}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 5px 8px; }}

QSlider::groove:horizontal {{ height: 4px; background: {theme.line}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
    background: {theme.text}; }}
QSlider::handle:horizontal:focus {{ background: {theme.now}; }}
QStatusBar {{ background: {theme.ground}; color: {theme.dim}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {theme.dim}; padding: 2px 5px; }}
QStatusBar QPushButton#remark {{ background: transparent; border: 1px solid transparent;
    color: {theme.now}; padding: 1px 5px; }}
QStatusBar QPushButton#remark:hover, QStatusBar QPushButton#remark:focus {{
    border-color: {theme.now}; border-radius: 4px; }}
#finding_panel {{ background: {theme.panel}; border: 1px solid {theme.dim}; border-radius: 6px; }}
#finding_panel QLabel {{ color: {theme.text}; }}
#finding_panel QLabel#finding_title {{ color: {theme.now}; font-weight: bold; }}
QStatusBar QLabel#notice {{ color: {theme.text}; }}
QProgressBar {{ background: {theme.line}; border: none; border-radius: 3px; max-height: 6px;
    min-height: 6px; }}
QProgressBar::chunk {{ background: {theme.now}; border-radius: 3px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 8px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _larger(theme: Theme) -> str:
    """Return the style of what Qt draws by itself, and at a factor of 1 only."""
    right, check = (resource(f"icons/{name}.svg").as_posix() for name in ("right", "check"))
    return f"""
QMenu, QPushButton, QFileDialog {{ icon-size: 16px; }}
QMenu::indicator {{ width: 10px; height: 10px; }}
QMenu::indicator:checked {{ image: url("{check}"); }}
QMenu::right-arrow {{ image: url("{right}"); width: 8px; height: 8px; }}
QMessageBox {{ icon-size: 32px; }}
"""
