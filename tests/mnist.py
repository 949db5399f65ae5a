"""Where slow tests and benchmarks find MNIST: NNVIZ_MNIST, or a folder beside the checkout."""

import os
from pathlib import Path

MNIST = Path(
    os.environ.get("NNVIZ_MNIST") or Path(__file__).parents[1].parent / "shared" / "data" / "mnist"
)
