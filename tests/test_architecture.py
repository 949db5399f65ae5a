"""The floors of the house: a folder imports only what stands below it, and a family only its own.

What each rule allows stands in a table here; every rule is shown to find a planted violation.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.syntax import nodes

PACKAGE = Path(__file__).parents[1] / "nnviz"

BASE = {"dataclass", "errors", "numbers", "paths"}
BELOW = {
    "wording": BASE,
    "data": BASE,
    "engine": BASE | {"data"},
    "messages": BASE | {"data", "engine"},
    "lessons": BASE | {"data", "engine", "messages"},
    "files": BASE | {"data", "engine", "messages"},
    "runtime": BASE | {"data", "engine", "messages"},
    "views": BASE | {"wording", "data", "engine", "messages"},
    "window": BASE
    | {"wording", "data", "engine", "messages", "lessons", "files", "runtime", "views"},
    "tour": BASE
    | {"wording", "app", "data", "engine", "messages", "shader_cache", "views", "window"},
    "rehearsal": BASE
    | {"app", "data", "engine", "lessons", "messages", "shader_cache", "tour", "views", "window"},
}
"""What each folder may import of nnviz, besides itself."""
LIBRARIES = {
    "dataclass": set(),
    "errors": set(),
    "numbers": set(),
    "paths": {"platformdirs"},
    "wording": set(),
    "data": {"numpy", "filelock", "truststore", "PIL"},
    "engine": {"numpy", "threadpoolctl"},
    "messages": {"numpy"},
    "lessons": {"numpy"},
    "files": {"numpy", "filelock"},
    "runtime": {"numpy"},
    "views": {"numpy", "PySide6", "shiboken6", "pyqtgraph"},
    "window": {"numpy", "PySide6", "shiboken6", "platformdirs"},
    "tour": {"numpy", "PySide6"},
    "rehearsal": {"numpy", "PySide6"},
}
"""Which libraries each folder may import; the standard library is free."""
QT_IN_RUNTIME = "nnviz.runtime.bridge"

CORE = "core"
"""Modules of the engine that stand in no package of it."""
ENGINE_BELOW = {
    "wording": BASE,
    CORE: set(),
    "training": {CORE},
    "batched": {CORE},
    "measure": {CORE, "training"},
    "explain": {CORE, "training", "batched"},
    "run": {CORE, "training", "measure", "explain"},
    "surface": {CORE, "training", "batched", "measure", "explain", "run"},
    "race": {CORE, "training", "batched", "measure", "explain", "run", "surface"},
}
"""What each package of the engine may import of the others."""
OF_TRAINING_ALONE = {"steps", "minibatches", "training_data"}
"""Modules of engine.training that nothing outside it imports."""

SHARED_BY_VIEWS = {"view", "palette", "shared"}
"""What every family of views may import of nnviz.views."""
SURFACES = {"surface", "race", "surface3d"}
"""The families that may import views.surface3d."""


# -- what is imported ----------------------------------------------------------------------------


@cache
def looked_at(source: str) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """What a module says it is, and its imports: of which module, and which of its names.

    Each module is parsed for this once; its tree is too large to be kept.
    """
    tree, found = ast.parse(source), list[tuple[str, tuple[str, ...]]]()
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a name comes from"
            found.append((str(node.module), tuple(alias.name for alias in node.names)))
    return ast.get_docstring(tree) or "", tuple(found)


def imported(source: str) -> frozenset[str]:
    """Full dotted names of everything a module imports, wherever in it."""
    _, found = looked_at(source)
    full = {f"{module}.{name}" for module, names in found for name in names}
    return frozenset(full | {module for module, _ in found})


def dotted(path: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


@cache
def modules() -> Mapping[str, Path]:
    """Every module of nnviz by its dotted name."""
    return {dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """Which modules each module imports; a package stands for its `__init__`."""
    known = modules()
    found = {}
    for module, path in known.items():
        targets = set()
        for of, names in looked_at(path.read_text("utf-8"))[1]:
            full = [f"{of}.{name}" for name in names]
            targets |= {name if name in known else of for name in full} if names else {of}
        found[module] = frozenset(targets & known.keys() - {module})
    return found


# -- the rules -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Arrow:
    """One import: a module, and a full dotted name that it imports."""

    module: str
    name: str

    @property
    def ours(self) -> list[str]:
        """The parts of the name after nnviz; empty for a library."""
        first, *rest = self.name.split(".")
        return rest if first == "nnviz" else []

    @property
    def place(self) -> list[str]:
        """The parts of the importing module after nnviz."""
        return self.module.split(".")[1:]


def from_above_its_floor(arrow: Arrow) -> bool:
    """A folder imports of nnviz only what stands below it."""
    folder, *rest = arrow.place
    if not (rest or folder in BELOW) or not arrow.ours or arrow.ours == ["__version__"]:
        return False
    return arrow.ours[0] not in BELOW[folder] | {folder}


def a_library_of_another_floor(arrow: Arrow) -> bool:
    """The engine knows NumPy only, the runtime no Qt but for its bridge, and so on."""
    top, folder = arrow.name.split(".")[0], arrow.place[0]
    if top == "nnviz" or top in sys.stdlib_module_names or folder not in LIBRARIES:
        return False
    allowed = LIBRARIES[folder] | ({"PySide6"} if arrow.module == QT_IN_RUNTIME else set())
    return top not in allowed


def engine_package(parts: list[str]) -> str:
    """The package of the engine in which a module stands, from its parts after nnviz.engine."""
    return parts[0] if parts and parts[0] in ENGINE_BELOW else CORE


def up_inside_the_engine(arrow: Arrow) -> bool:
    """core ← training ← measure, explain (also ← batched) ← run ← surface ← race."""
    if arrow.place[:1] != ["engine"] or arrow.ours[:1] != ["engine"] or len(arrow.place) == 1:
        return False
    here, there = engine_package(arrow.place[1:]), engine_package(arrow.ours[1:])
    return there not in ENGINE_BELOW[here] | {here}


def what_training_keeps_to_itself(arrow: Arrow) -> bool:
    """Nothing outside engine.training imports its steps, minibatches or training data."""
    inside = arrow.place[:2] == ["engine", "training"]
    ours = arrow.ours
    return (
        not inside
        and ours[:2] == ["engine", "training"]
        and ours[2:3] != []
        and (ours[2] in OF_TRAINING_ALONE)
    )


def another_family(arrow: Arrow) -> bool:
    """A family of views imports its own modules and what all share; surface3d but two."""
    place, ours = arrow.place, arrow.ours
    if place[:1] != ["views"] or len(place) < 2 or ours[:1] != ["views"] or len(ours) < 2:
        return False
    family = place[1]
    allowed = SHARED_BY_VIEWS | ({"surface3d"} if family in SURFACES else set())
    allowed = allowed | ({family} if family not in SHARED_BY_VIEWS - {"shared"} else set())
    return ours[1] not in allowed


def inside_of_a_family(arrow: Arrow) -> bool:
    """Outside a family of views only the family itself is imported, never a file inside it."""
    place, ours = arrow.place, arrow.ours
    if ours[:1] != ["views"] or len(ours) < 3 or ours[1] in SHARED_BY_VIEWS or "views" in place[:1]:
        return False
    return ".".join(["nnviz", *ours[:3]]) in modules()


def a_view_by_name(arrow: Arrow) -> bool:
    """The composition root knows no view, only the list of them: views join themselves."""
    if arrow.module != "nnviz.app" or arrow.ours[:1] != ["views"]:
        return False
    return arrow.ours[1:2] not in ([], ["VIEWS"], ["palette"])


def a_picture_that_draws(arrow: Arrow) -> bool:
    """What a view shows and says is made without Qt."""
    kept = arrow.place[0] == "views" and arrow.place[-1] in ("picture", "text")
    return kept and arrow.name.split(".")[0] in ("PySide6", "pyqtgraph")


def without_a_picture(known: Iterable[str]) -> set[str]:
    """Families of views, packages with a view, of which no picture is made."""
    parts = [module.rpartition(".") for module in known]
    families = {family for family, _, name in parts if name == "view"} - {"nnviz.views"}
    return families - {family for family, _, name in parts if name == "picture"}


def a_dataclass_that_costs_more(arrow: Arrow) -> bool:
    """Dataclasses are declared by nnviz.dataclass: those of the library cost the start too much."""
    return arrow.name == "dataclasses.dataclass" and arrow.module != "nnviz.dataclass"


RULES = (
    from_above_its_floor,
    a_library_of_another_floor,
    up_inside_the_engine,
    what_training_keeps_to_itself,
    another_family,
    inside_of_a_family,
    a_view_by_name,
    a_picture_that_draws,
    a_dataclass_that_costs_more,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_import_of_every_module_keeps_the_rule(rule):
    wrong = [
        f"{module} imports {name}"
        for module, path in modules().items()
        if module != "nnviz"
        for name in sorted(imported(path.read_text("utf-8")))
        if rule(Arrow(module, name))
    ]
    assert wrong == [], rule.__doc__


@pytest.mark.parametrize(
    ("rule", "module", "name"),
    [
        (a_dataclass_that_costs_more, "nnviz.engine.planted", "dataclasses.dataclass"),
        (from_above_its_floor, "nnviz.engine.planted", "nnviz.runtime.worker.Worker"),
        (from_above_its_floor, "nnviz.engine.run.planted", "nnviz.views.palette"),
        (from_above_its_floor, "nnviz.data.planted", "nnviz.engine.Network"),
        (from_above_its_floor, "nnviz.data.planted", "nnviz.views.palette"),
        (from_above_its_floor, "nnviz.views.cost.planted", "nnviz.runtime.bridge"),
        (from_above_its_floor, "nnviz.views.planted", "nnviz.window.theme.icon"),
        (from_above_its_floor, "nnviz.files.planted", "nnviz.runtime.mailbox.Mailbox"),
        (from_above_its_floor, "nnviz.window.planted", "nnviz.app"),
        (a_library_of_another_floor, "nnviz.engine.planted", "PySide6.QtCore.QObject"),
        (a_library_of_another_floor, "nnviz.engine.run.planted", "pyqtgraph"),
        (a_library_of_another_floor, "nnviz.runtime.planted", "PySide6.QtCore.QTimer"),
        (a_library_of_another_floor, "nnviz.numbers", "numpy"),
        (a_library_of_another_floor, "nnviz.messages.planted", "PySide6.QtCore"),
        (from_above_its_floor, "nnviz.messages.planted", "nnviz.runtime.worker"),
        (up_inside_the_engine, "nnviz.engine.network", "nnviz.engine.training.trainer"),
        (up_inside_the_engine, "nnviz.engine.training.planted", "nnviz.engine.run.snapshot"),
        (up_inside_the_engine, "nnviz.engine.measure.planted", "nnviz.engine.explain.forward"),
        (up_inside_the_engine, "nnviz.engine.batched.planted", "nnviz.engine.training.trainer"),
        (up_inside_the_engine, "nnviz.engine.surface.planted", "nnviz.engine.race.descent"),
        (
            what_training_keeps_to_itself,
            "nnviz.engine.run.planted",
            "nnviz.engine.training.steps.Steps",
        ),
        (
            what_training_keeps_to_itself,
            "nnviz.runtime.planted",
            "nnviz.engine.training.training_data",
        ),
        (another_family, "nnviz.views.cost.planted", "nnviz.views.network.layout"),
        (another_family, "nnviz.views.cost.axis", "nnviz.views.surface3d.scene"),
        (another_family, "nnviz.views.shared.planted", "nnviz.views.cost.axis"),
        (another_family, "nnviz.views.surface3d.planted", "nnviz.views.surface.view"),
        (inside_of_a_family, "nnviz.app", "nnviz.views.network.layout"),
        (a_view_by_name, "nnviz.app", "nnviz.views.network.NetworkView"),
        (a_view_by_name, "nnviz.app", "nnviz.views.surface"),
        (inside_of_a_family, "nnviz.window.planted", "nnviz.views.cost.view.CostView"),
        (a_picture_that_draws, "nnviz.views.cost.picture", "PySide6.QtGui.QColor"),
        (a_picture_that_draws, "nnviz.views.planted.text", "pyqtgraph"),
    ],
)
def test_a_planted_violation_is_found(rule, module, name):
    assert rule(Arrow(module, name))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("nnviz.runtime.bridge", "PySide6.QtCore.QTimer"),
        ("nnviz.engine.race.planted", "nnviz.engine.surface.landscape"),
        ("nnviz.engine.explain.planted", "nnviz.engine.batched.pair"),
        ("nnviz.views.race.planted", "nnviz.views.surface3d.scene"),
        ("nnviz.views.race.planted", "nnviz.views.race.map"),
        ("nnviz.window.planted", "nnviz.views.network.NetworkView"),
        ("nnviz.app", "nnviz.views.palette.Theme"),
        ("nnviz.app", "nnviz.views.VIEWS"),
        ("nnviz.tour.guide", "nnviz.views.network.NetworkView"),
    ],
)
def test_what_is_allowed_is_not_found(module, name):
    assert [rule.__name__ for rule in RULES if rule(Arrow(module, name))] == []


def test_every_family_makes_a_picture():
    assert without_a_picture(modules()) == set()
    planted = [*modules(), "nnviz.views.planted.view", "nnviz.views.planted.text"]
    assert without_a_picture(planted) == {"nnviz.views.planted"}


# -- the whole graph -----------------------------------------------------------------------------


def circles(graph: Mapping[str, frozenset[str]]) -> Iterator[list[str]]:
    """Modules that import each other, directly or through others (Tarjan, 1972)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(module: str) -> Iterator[list[str]]:
        index[module] = low[module] = len(index)
        stack.append(module)
        for target in sorted(graph.get(module, ())):
            if target not in index:
                yield from visit(target)
                low[module] = min(low[module], low[target])
            elif target in stack:
                low[module] = min(low[module], index[target])
        if low[module] == index[module]:
            circle = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(circle) > 1:
                yield sorted(circle)

    for module in graph:
        if module not in index:
            yield from visit(module)


def test_no_modules_import_each_other_in_a_circle():
    assert list(circles(arrows())) == []


def test_a_planted_circle_is_found():
    graph = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a"), "d": frozenset("a")}
    assert list(circles(graph)) == [["a", "b", "c"]]


def package_of(module: str) -> str:
    """The package that a module stands in, as the graph of packages names it."""
    path = modules()[module]
    return module if path.name == "__init__.py" else module.rpartition(".")[0]


def test_the_graph_of_packages_is_printed_and_points_down(capsys):
    graph: dict[str, set[str]] = defaultdict(set)
    for module, targets in arrows().items():
        graph[package_of(module)] |= {package_of(target) for target in targets}
    for package, targets in sorted(graph.items()):
        others = sorted(target.removeprefix("nnviz.") for target in targets - {package})
        print(f"{package.removeprefix('nnviz.'):24} → {', '.join(others)}")
    printed = capsys.readouterr().out
    assert printed.count("\n") == len(graph) >= 29
    engine = {
        package: frozenset(targets) for package, targets in graph.items() if "engine" in package
    }
    # The engine's own __init__ hands out names of its packages, so it stands above them.
    core = {package: targets - {"nnviz.engine"} for package, targets in engine.items()}
    assert list(circles(core)) == []


# -- what modules are and hold -------------------------------------------------------------------

RUNS_CODE = {"pickle", "marshal", "shelve", "PySide6.QtCore.QSettings"}
"""What reads objects out of files, and can run whatever a file says."""


def test_no_module_reads_objects_out_of_files():
    for path in modules().values():
        source = path.read_text("utf-8")
        assert not imported(source) & RUNS_CODE, path
        assert "allow_pickle=True" not in source, path


@pytest.mark.parametrize("name", sorted(BASE))
def test_the_base_imports_nothing_of_ours_but_errors(name):
    names = imported((PACKAGE / f"{name}.py").read_text("utf-8"))
    ours = {full for full in names if full.split(".")[0] == "nnviz"}
    assert ours <= {"nnviz.errors", "nnviz.errors.NnvizError"}


def test_training_from_the_command_line_needs_no_qt():
    for name in ("cli.py", "training.py"):
        tree = ast.parse((PACKAGE / name).read_text("utf-8"))
        at_import = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in at_import:
            assert "PySide6" not in ast.unparse(node)
            assert "nnviz.app" not in ast.unparse(node)
            assert "nnviz.window" not in ast.unparse(node)


def test_every_module_says_what_it_is():
    for path in modules().values():
        says, _ = looked_at(path.read_text("utf-8"))
        assert says, path


def test_the_top_level_holds_nothing_else():
    allowed = {
        *("nnviz", "resources", "tests", "pyproject.toml", "README.md", "Makefile", "LICENSE"),
        *("CONTRIBUTING.md", "CHANGELOG.md"),
        *("dist", "build", "tour"),  # made by commands, not committed
    }
    found = {path.name for path in PACKAGE.parent.iterdir() if not path.name.startswith(".")}
    assert found <= allowed
