"""Appearance: theme, scale and digits as commands change them; they are kept for the next start."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMainWindow

from nnviz import numbers
from nnviz.messages.events import Notice
from nnviz.messages.ports import Ports
from nnviz.numbers import percent
from nnviz.views.palette import THEMES, Theme
from nnviz.views.shared import motion
from nnviz.views.shared.type_scale import FACTORS, TypeScale
from nnviz.window import theme as look
from nnviz.window.settings import Settings


class Appearance(QObject):
    """How a window looks: its theme, with the scale."""

    def __init__(
        self,
        window: QObject,
        settings: Settings,
        theme: Theme | None,
        dress: Callable[[Theme], None],
        rewrite: Callable[[], None],
        ports: Ports,
    ) -> None:
        """Begin with the theme, or else with what was kept; nothing is dressed yet.

        `dress` gives everything on screen another theme, `rewrite` writes every number anew.
        """
        super().__init__(window)
        self._settings = settings
        self._dress, self._rewrite, self._ports = dress, rewrite, ports
        kept = settings.theme or look.system_theme()
        self.theme = theme or replace(kept, scale=settings.scale)
        numbers.set_digits(settings.digits)
        motion.wish(rest=settings.rests)
        self._let_panels_slide()
        numbers.set_decimal_comma(settings.decimal_comma)

    def wear(self, theme: Theme) -> None:
        """Let the application itself take on a theme; each window does for what stands in it."""
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, theme)

    def next_theme(self) -> None:
        """Take on the next theme, round and round, and remember it."""
        names = list(THEMES)
        self.keep_theme(names[(names.index(self.theme.name) + 1) % len(names)])

    @property
    def kept_theme(self) -> str:
        """The name of the theme that was chosen; empty where the desktop chooses."""
        return self._settings.theme.name if self._settings.theme is not None else ""

    def keep_theme(self, name: str) -> None:
        """Take on the theme of this name, or with "" the desktop's, and remember it."""
        chosen = THEMES.get(name)
        self._dress(replace(chosen or look.system_theme(), scale=self.theme.scale))
        self._settings.theme = chosen
        self._keep()

    def larger(self) -> None:
        """Show letters, lines and gaps larger, and remember it."""
        above = [factor for factor in FACTORS if factor > self.theme.scale.factor]
        self.keep_scale(min(above, default=FACTORS[-1]))

    def smaller(self) -> None:
        """Show letters, lines and gaps smaller, and remember it."""
        below = [factor for factor in FACTORS if factor < self.theme.scale.factor]
        self.keep_scale(max(below, default=FACTORS[0]))

    def usual_size(self) -> None:
        """Show letters, lines and gaps at their usual size, and remember it."""
        self.keep_scale(FACTORS[0])

    def keep_scale(self, factor: float) -> None:
        """Show letters, lines and gaps at a factor of their usual size, and remember it."""
        self.set_scale(factor)
        self._settings.scale = self.theme.scale
        self._keep(f"Letters and lines at {percent(self.theme.scale.factor, 0)}.")

    def set_scale(self, factor: float) -> None:
        """Show letters, lines and gaps at a factor of their usual size, at once and everywhere."""
        self._dress(replace(self.theme, scale=TypeScale(factor)))

    def switch_motion(self) -> None:
        """Let nothing move by itself, or let it again, and remember it."""
        self._settings.rests = not self._settings.rests
        motion.wish(rest=self._settings.rests)
        self._let_panels_slide()
        still, moves = "Nothing moves by itself now.", "Signals and panels move again."
        self._keep(still if self._settings.rests else moves)

    def _let_panels_slide(self) -> None:
        window = self.parent()
        if isinstance(window, QMainWindow):
            window.setAnimated(not motion.rests())

    def more_digits(self) -> None:
        """Write numbers with one more digit where there is room."""
        self.keep_digits(numbers.digits() + 1)

    def fewer_digits(self) -> None:
        """Write numbers with one digit fewer."""
        self.keep_digits(numbers.digits() - 1)

    def keep_digits(self, wished: int) -> None:
        """Write numbers with so many digits where there is room, and remember it."""
        numbers.set_digits(wished)
        self._settings.digits = numbers.digits()
        self._rewrite()
        self._keep(f"Numbers have up to {numbers.digits()} digits where there is room.")

    def keep_decimal_comma(self, comma: bool) -> None:
        """Write numbers with a decimal comma or a point, and remember it."""
        numbers.set_decimal_comma(comma)
        self._settings.decimal_comma = comma
        self._rewrite()
        self._keep()

    def _keep(self, told: str = "") -> None:
        """Write the settings, and say what is other than before."""
        self._settings.flush()
        if told:
            self._ports.publish(Notice(told))
