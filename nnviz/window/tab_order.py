"""The order of Tab: the toolbar, then column by column from the left, each from the top.

Panels come and go, float and stand behind tabs, so the order is worked out when Tab is
pressed, from what is in sight then.
"""

from functools import cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QTabBar, QToolBar, QWidget

from nnviz.window.panels.enlarged import Enlarged

_TAB = Qt.FocusPolicy.TabFocus


def go_on(window: QMainWindow, *, forward: bool) -> bool:
    """Move the focus to the next stop of a window, round and round; tell whether there is one."""
    stops = tab_stops(window)
    if not stops:
        return False
    now = window.focusWidget()
    at = stops.index(now) if now in stops else (-1 if forward else 0)
    there = stops[(at + (1 if forward else -1)) % len(stops)]
    there.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    around: QWidget | None = there.parentWidget()
    while around is not None and around is not window:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(there)
        around = around.parentWidget()
    return True


def tab_stops(window: QMainWindow) -> list[QWidget]:
    """Return what Tab goes to in a window, in its order; floating panels have their own."""
    areas = sorted(_areas(window), key=lambda area: _rank(window, area))
    stops, chain = [], _chain(window)
    for area in areas:
        inside = _inside(area, chain)
        stops += [widget for widget in inside if _stops(widget) and widget not in stops]
    return stops


def _areas(window: QMainWindow) -> list[QWidget]:
    """Return toolbar, panels and rows of tabs that stand in sight in the window."""
    over = window.findChild(Enlarged)
    if over is not None and over.isVisible():
        return [*window.findChildren(QToolBar), over]
    kinds = (QToolBar, QDockWidget)
    found: list[QWidget] = [area for kind in kinds for area in window.findChildren(kind)]
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found += window.findChildren(QTabBar, options=direct)
    centre = window.centralWidget()
    found += [] if centre is None else [centre]
    return [area for area in found if area.window() is window and _in_sight(window, area)]


def _place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def _in_sight(window: QWidget, widget: QWidget) -> bool:
    # Behind a tab Qt moves a panel outside of the window.
    return widget.isVisible() and window.rect().intersects(_place(window, widget))


def _rank(window: QWidget, area: QWidget) -> tuple[int, int, int]:
    place = _place(window, area)
    return (0 if isinstance(area, QToolBar) else 1, place.left(), place.top())


def _inside(area: QWidget, chain: list[QWidget]) -> list[QWidget]:
    """Return the widgets inside an area: by place in a toolbar, else in Qt's own order."""
    if isinstance(area, QTabBar):
        return [area, *area.findChildren(QWidget)]
    if isinstance(area, QToolBar):
        inside = area.findChildren(QWidget)
        return sorted(inside, key=lambda widget: widget.mapTo(area, QPoint()).x())
    at = chain.index(area)
    return [widget for widget in (*chain[at:], *chain[:at]) if area.isAncestorOf(widget)]


def _chain(window: QWidget) -> list[QWidget]:
    """Return a window and all its widgets in Qt's own order, which goes round."""
    chain, widget = [window], _after(window)
    while widget is not window:
        chain.append(widget)
        widget = _after(widget)
    return chain


def _after(widget: QWidget) -> QWidget:
    """Return the next widget in Qt's own order.

    PySide takes what `nextInFocusChain` returns for a child of what it was asked of: once that is
    deleted, such as the ring around what had the focus, it holds the next one, and all inside that
    one, for deleted, too. So another becomes its parent at once, which stays.
    """
    following, keeper = widget.nextInFocusChain(), _keeper()
    assert following is not None  # there is always one, if only the widget itself
    keeper.setFocusProxy(following)
    keeper.focusProxy()  # becomes a child of what it is asked of
    keeper.setFocusProxy(None)  # type: ignore[arg-type]
    return following


@cache
def _keeper() -> QWidget:
    return QWidget()


def _stops(widget: QWidget) -> bool:
    takes = (widget.focusPolicy() & _TAB) == _TAB and widget.focusProxy() is None
    seen = widget.isVisible() and widget.isEnabled() and not widget.size().isEmpty()
    return takes and seen and not isinstance(widget, QScrollArea)
