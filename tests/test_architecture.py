"""The floors of the house: a folder imports only what stands below it."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "nnviz"

BASE = {"errors", "numbers", "paths"}
BELOW = {
    "data": BASE,
    "engine": BASE | {"data"},
    "lessons": BASE | {"data", "engine"},
    "files": BASE | {"data", "engine"},
    "runtime": BASE | {"data", "engine"},
    "views": BASE | {"data", "engine"},
    "window": BASE | {"data", "engine", "lessons", "files", "runtime", "views"},
}
"""What each folder may import of nnviz, besides itself."""
LIBRARIES = {
    "errors": set(),
    "numbers": set(),
    "paths": {"platformdirs"},
    "data": {"numpy", "filelock", "truststore", "PIL"},
    "engine": {"numpy", "threadpoolctl"},
    "lessons": set(),
    "files": {"numpy", "filelock"},
    "runtime": {"numpy"},
    "views": {"numpy", "PySide6", "pyqtgraph", "OpenGL"},
    "window": {"numpy", "PySide6", "platformdirs"},
}
"""Which libraries each folder may import; the standard library is free."""
QT_IN_RUNTIME = "bridge.py"
SHARED_BY_VIEWS = ("palette", "view", "gl_probe", "relief_", "asking")
"""How modules of views/ begin that every view may import; else it knows only its own helpers."""


def imported(source: str) -> set[str]:
    """Full dotted names of everything a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a name comes from"
            names.add(str(node.module))
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def violations(folder: str, file: str, source: str) -> list[str]:
    """What a module imports from above its floor."""
    wrong = []
    for name in sorted(imported(source)):
        top, _, rest = name.partition(".")
        if top == "nnviz":
            floor = rest.split(".")[0]
            if floor and floor != "__version__" and floor not in BELOW.get(folder, BASE) | {folder}:
                wrong.append(name)
        elif top not in sys.stdlib_module_names:
            allowed = LIBRARIES[folder]
            if folder == "runtime" and file == QT_IN_RUNTIME:
                allowed = allowed | {"PySide6"}
            if top not in allowed:
                wrong.append(name)
    return wrong


def modules() -> list[tuple[str, Path]]:
    return [
        (path.relative_to(PACKAGE).parts[0], path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if len(path.relative_to(PACKAGE).parts) > 1
    ]


@pytest.mark.parametrize(("folder", "path"), modules(), ids=lambda value: str(value)[-40:])
def test_a_module_imports_only_what_stands_below_it(folder, path):
    assert violations(folder, path.name, path.read_text("utf-8")) == []


RUNS_CODE = {"pickle", "marshal", "shelve", "PySide6.QtCore.QSettings"}
"""What reads objects out of files, and can run whatever a file says."""


def test_no_module_reads_objects_out_of_files():
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        assert not imported(source) & RUNS_CODE, path
        assert "allow_pickle=True" not in source, path


@pytest.mark.parametrize("name", sorted(BASE))
def test_the_base_imports_nothing_of_ours_but_errors(name):
    names = imported((PACKAGE / f"{name}.py").read_text("utf-8"))
    ours = {full for full in names if full.split(".")[0] == "nnviz"}
    outside = {full.split(".")[0] for full in names - ours}
    assert ours <= {"nnviz.errors", "nnviz.errors.NnvizError"}
    assert outside - sys.stdlib_module_names <= LIBRARIES[name]


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("engine", "from PySide6.QtCore import QObject"),
        ("engine", "def f():\n    import PySide6"),
        ("engine", "from nnviz.runtime.worker import Worker"),
        ("data", "from nnviz.engine import Network"),
        ("data", "import nnviz.views.palette"),
        ("views", "from nnviz.runtime import bridge"),
        ("views", "from nnviz.window.theme import icon"),
        ("files", "from nnviz.runtime.mailbox import Mailbox"),
        ("runtime", "from PySide6.QtCore import QTimer"),
        ("window", "import nnviz.app"),
    ],
)
def test_a_planted_import_from_above_is_found(folder, line):
    assert violations(folder, "planted.py", f"import math\n{line}\n")


def test_only_the_bridge_may_know_qt_in_the_runtime():
    assert violations("runtime", "bridge.py", "from PySide6.QtCore import QTimer") == []


def test_views_do_not_import_each_other():
    views = sorted((PACKAGE / "views").glob("*_view.py"))
    assert views
    for path in views:
        family = path.stem.removesuffix("_view")
        for name in imported(path.read_text("utf-8")):
            parts = name.split(".")
            if parts[:2] == ["nnviz", "views"] and len(parts) > 2:
                module = parts[2]
                allowed = (*SHARED_BY_VIEWS, family)
                assert module.startswith(allowed), (path.name, module)


def test_training_from_the_command_line_needs_no_qt():
    for name in ("cli.py", "training.py"):
        tree = ast.parse((PACKAGE / name).read_text("utf-8"))
        at_import = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in at_import:
            assert "PySide6" not in ast.unparse(node)
            assert "nnviz.app" not in ast.unparse(node)
            assert "nnviz.window" not in ast.unparse(node)


def test_every_module_says_what_it_is():
    for _, path in modules():
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_the_top_level_holds_nothing_else():
    allowed = {
        *("nnviz", "resources", "tests", "pyproject.toml", "README.md", "Makefile", "LICENSE"),
        *("dist", "build", "tour"),  # made by commands, not committed
    }
    found = {path.name for path in PACKAGE.parent.iterdir() if not path.name.startswith(".")}
    assert found <= allowed
