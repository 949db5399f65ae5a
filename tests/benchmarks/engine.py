"""How fast the engine trains, against peers and against the bare matrix products.

All in one process with one BLAS thread; the competitors take turns, and the
table shows medians of several turns. A step is a whole minibatch: shuffled
examples gathered, forward, cost, backward, update. "bare" is only the matrix
products and one update of the same shapes, each a call of NumPy; a program can only
be faster where it adds a product to the weights in one call of the library below.
How much faster than scikit-learn and PyTorch bare itself is, the last lines say: more
than that is hardly to be had on the machine at hand.

    python tests/benchmarks/engine.py [--mnist FOLDER] [--repeats 7]

scikit-learn and PyTorch take part where they are installed.
"""

import argparse
import os
import platform
import warnings
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import median
from time import perf_counter

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 - after the threads are set
import ratios  # noqa: E402

from nnviz.data import load_dataset  # noqa: E402
from nnviz.data.dataset import Dataset, one_hot  # noqa: E402
from nnviz.engine import Network, Recipe, Trainer  # noqa: E402
from nnviz.engine.training.measurement import Evaluator, SetMeasurement  # noqa: E402

CASES = (
    ((784, 30, 10), 10, 2000),
    ((784, 100, 10), 10, 1200),
    ((784, 128, 10), 32, 600),
    ((784, 300, 10), 128, 100),
    ((2, 4, 1), 10, 4000),
)
"""Layers, batch size, and steps in a turn."""
AIMS = ((5.5, 8, 1.5), (5.5, 5.5, 1.35), (3.2, 2.9, 1.2), (1.9, 1.4, 1.1), (4, 10, 3))
"""For each case: times faster than MLPClassifier and PyTorch, and over bare at most."""

Turn = Callable[[], float]
"""Trains for a turn and returns microseconds a step."""


def ours(recipe: Recipe, dataset: Dataset, steps: int) -> Turn:
    """Our trainer, as the worker thread runs it: asked after every step whether to go on."""
    trainer = Trainer(recipe, dataset)

    def turn() -> float:
        costs: list[float] = []
        begin = perf_counter()
        while len(costs) < steps:
            trainer.train(lambda: len(costs) < steps, costs)
        return (perf_counter() - begin) / steps * 1e6

    return turn


def bare(layers: tuple[int, ...], batch: int, steps: int) -> Turn:
    """The matrix products of a step and one update, nothing else."""
    draw = np.random.default_rng(0)
    size = sum(k * j for k, j in pairwise(layers)) + sum(layers[1:])
    theta, g = np.zeros(size, np.float32), np.zeros(size, np.float32)
    weights, gradients, start = [], [], 0
    for k, j in pairwise(layers):
        weights.append(theta[start : start + k * j].reshape(k, j))
        gradients.append(g[start : start + k * j].reshape(k, j))
        weights[-1][...] = draw.normal(size=(k, j)) / np.sqrt(k)
        start += k * j
    a = [draw.random((batch, size), dtype=np.float32) for size in layers]
    # So small that the update leaves the weights as they are, however long this runs.
    delta = [1e-12 * draw.random((batch, size), dtype=np.float32) for size in layers]
    into = [np.empty_like(rows) for rows in a]

    def turn() -> float:
        begin = perf_counter()
        for _ in range(steps):
            for layer, w in enumerate(weights):
                np.dot(a[layer], w, into[layer + 1])
            for layer in range(len(weights) - 1, -1, -1):
                np.dot(a[layer].T, delta[layer + 1], gradients[layer])
                if layer:
                    np.dot(delta[layer + 1], weights[layer].T, into[layer])
            np.add(theta, g, theta)
        return (perf_counter() - begin) / steps * 1e6

    return turn


def example_by_example(recipe: Recipe, dataset: Dataset, steps: int) -> Turn:
    """The textbook loop: one example at a time, gradients summed over the minibatch."""
    network = Network(recipe)
    draw = np.random.default_rng(0)
    steps = max(3, steps // 50)

    def turn() -> float:
        begin = perf_counter()
        for _ in range(steps):
            total = np.zeros_like(network.theta)
            for row in draw.integers(0, len(dataset.x_train), recipe.batch_size):
                total += example_gradient(network, dataset.x_train[row], dataset.y_train[row])
            network.theta -= recipe.learning_rate / recipe.batch_size * total
        return (perf_counter() - begin) / steps * 1e6

    return turn


def example_gradient(network: Network, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Backpropagation of a single example through sigmoid layers."""
    activations = [x]
    for w, b in zip(network.weights, network.biases, strict=True):
        activations.append(1 / (1 + np.exp(-(activations[-1] @ w + b))))
    delta = (activations[-1] - y) * activations[-1] * (1 - activations[-1])
    weights, biases = [], []
    for layer in range(len(network.weights) - 1, -1, -1):
        weights.insert(0, np.outer(activations[layer], delta).ravel())
        biases.insert(0, delta)
        if layer:
            a = activations[layer]
            delta = (network.weights[layer] @ delta) * a * (1 - a)
    return np.concatenate(weights + biases)


def scikit_learn(recipe: Recipe, dataset: Dataset, steps: int) -> Turn | None:
    """scikit-learn's MLPClassifier, an epoch at a time."""
    try:
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier
    except ImportError:
        return None
    warnings.simplefilter("ignore", ConvergenceWarning)
    count = steps * recipe.batch_size
    rows = np.arange(count) % len(dataset.x_train)
    x = dataset.x_train[rows]
    outputs = dataset.y_train.shape[1]
    y = (
        dataset.y_train[rows].argmax(axis=1)
        if outputs > 1
        else dataset.y_train[rows, 0].astype(int)
    )
    peer = MLPClassifier(
        recipe.layers[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=recipe.l2,
        batch_size=recipe.batch_size,
        learning_rate_init=recipe.learning_rate,
        momentum=0,
        nesterovs_momentum=False,
        max_iter=1,
        warm_start=True,
        random_state=0,
    )
    peer.fit(x[: 2 * recipe.batch_size + 20], y[: 2 * recipe.batch_size + 20])

    def turn() -> float:
        begin = perf_counter()
        peer.fit(x, y)
        return (perf_counter() - begin) / steps * 1e6

    return turn if len(np.unique(y[: 2 * recipe.batch_size + 20])) == len(np.unique(y)) else None


def pytorch(recipe: Recipe, dataset: Dataset, steps: int) -> Turn | None:
    """PyTorch, eager, on the CPU."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    parts: list[torch.nn.Module] = []
    for k, j in pairwise(recipe.layers):
        parts += [torch.nn.Linear(k, j), torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*parts)
    optimiser = torch.optim.SGD(model.parameters(), lr=recipe.learning_rate)
    x, y = torch.tensor(dataset.x_train), torch.tensor(dataset.y_train)
    order = torch.randperm(len(x))

    def turn() -> float:
        running = 0.0
        begin = perf_counter()
        for step in range(steps):
            start = step * recipe.batch_size % (len(x) - recipe.batch_size + 1)
            rows = order[start : start + recipe.batch_size]
            optimiser.zero_grad()
            cost = 0.5 * ((model(x[rows]) - y[rows]) ** 2).sum() / recipe.batch_size
            cost.backward()
            optimiser.step()
            running += cost.item()
        return (perf_counter() - begin) / steps * 1e6

    return turn


def race(dataset: Dataset, repeats: int) -> None:
    """Print microseconds a step and the ratios that count."""
    print(f"{'net, batch':<18}{'ours µs':>9}{'bare':>8}{'sklearn':>9}{'torch':>8}{'loop':>9}"
          f"   {'vs sklearn':>12}{'vs torch':>14}{'over bare':>14}")  # fmt: skip
    limits = []
    for (layers, batch, steps), (aim_sk, aim_torch, aim_bare) in zip(CASES, AIMS, strict=True):
        data = dataset if layers[0] == 784 else points()
        recipe = Recipe(layers=layers, batch_size=batch, learning_rate=0.1)
        runners: dict[str, Turn | None] = {
            "ours": ours(recipe, data, steps),
            "bare": bare(layers, batch, steps),
            "sklearn": scikit_learn(recipe, data, steps),
            "torch": pytorch(recipe, data, steps),
            "loop": example_by_example(recipe, data, steps),
        }
        times: dict[str, list[float]] = {name: [] for name, turn in runners.items() if turn}
        for turn in filter(None, runners.values()):
            turn()  # the first turn warms caches and is not counted
        for _ in range(repeats):
            for name in times:
                times[name].append(runners[name]())  # type: ignore[misc]

        def ratio(over: str, under: str, times: dict[str, list[float]] = times) -> float:
            if over not in times:
                return float("nan")
            return median(a / b for a, b in zip(times[over], times[under], strict=True))

        cells = "".join(
            f"{median(times[name]) if name in times else float('nan'):>{width}.1f}"
            for name, width in (("ours", 9), ("bare", 8), ("sklearn", 9), ("torch", 8), ("loop", 9))
        )
        name = f"{'-'.join(map(str, layers))}, {batch}"
        print(f"{name:<18}{cells}   {ratio('sklearn', 'ours'):5.2f} (≥ {aim_sk:3})"
              f"{ratio('torch', 'ours'):7.2f} (≥ {aim_torch:3}){ratio('ours', 'bare'):7.2f} "
              f"(≤ {aim_bare:4})")  # fmt: skip
        ratios.note(f"{name}: times as fast as scikit-learn", ratio("sklearn", "ours"))
        ratios.note(f"{name}: times as fast as PyTorch", ratio("torch", "ours"))
        ratios.note(f"{name}: time over bare", ratio("ours", "bare"), lower=True)
        limits.append(f"{name:<18}{ratio('sklearn', 'bare'):7.2f}{ratio('torch', 'bare'):7.2f}")
    print("\nbare alone         vs sklearn, vs torch", *limits, sep="\n")


def points() -> Dataset:
    """A set of 2-D points in two classes, one output."""
    draw = np.random.default_rng(0)
    x = draw.normal(size=(4000, 2)).astype(np.float32)
    y = (x[:, :1] * x[:, 1:] > 0).astype(np.float32)
    return Dataset("points", x, y, x[:100].copy(), y[:100].copy())


def evaluation(dataset: Dataset, repeats: int) -> None:
    """Print how long 10,000 images take to evaluate, over the products alone."""
    draw = np.random.default_rng(0)
    rows = np.arange(10_000) % len(dataset.x_test)
    x, y = dataset.x_test[rows], dataset.y_test[rows]
    for layers in ((784, 30, 10), (784, 100, 10)):
        network = Network(Recipe(layers=layers))
        evaluator = Evaluator(network)
        buffers = [np.empty((1000, size), np.float32) for size in layers[1:]]
        hidden = draw.random((1000, layers[1]), dtype=np.float32)
        whole, products = [], []
        for _ in range(repeats + 1):
            begin = perf_counter()
            SetMeasurement(evaluator, x, y, dataset).go_on(lambda: False)
            middle = perf_counter()
            for start in range(0, 10_000, 1000):
                np.dot(x[start : start + 1000], network.weights[0], buffers[0])
                np.dot(hidden, network.weights[1], buffers[1])
            products.append(perf_counter() - middle)
            whole.append(middle - begin)
        share = median(a / b for a, b in zip(whole[1:], products[1:], strict=True))
        net = "-".join(map(str, layers))
        ratios.note(f"{net}: evaluation over its products", share, lower=True)
        print(f"evaluating 10,000 images, {net}: "
              f"{median(whole) * 1e3:.1f} ms, {share:.2f} × its products (≤ 1.3)")  # fmt: skip


def growth() -> None:
    """Print the cost of a step as layers, width and batch grow."""
    print("\nlayers               batch   multiply-adds   µs a step   ns per 1,000 of them")
    base = Recipe(layers=(256, 64, 10), batch_size=32, learning_rate=0.1)
    draw = np.random.default_rng(0)
    x = draw.random((4000, 256), dtype=np.float32)
    y = one_hot(draw.integers(0, 10, 4000), 10)
    data = Dataset("random", x, y, x[:10].copy(), y[:10].copy())
    for recipe in (
        *(replace(base, layers=(256, *[64] * depth, 10)) for depth in (1, 2, 4, 8, 16)),
        *(replace(base, layers=(256, width, 10)) for width in (64, 128, 256, 512, 1024)),
        *(replace(base, batch_size=batch) for batch in (32, 64, 128, 256, 512)),
    ):
        turn = ours(recipe, data, 60)
        turn()
        time = median(turn() for _ in range(5))
        pairs = list(pairwise(recipe.layers))
        work = recipe.batch_size * (3 * sum(k * j for k, j in pairs) - pairs[0][0] * pairs[0][1])
        short = "-".join(map(str, recipe.layers))
        short = short if len(short) < 20 else f"256-64×{len(recipe.layers) - 2}-10"
        print(f"{short:<20}{recipe.batch_size:>6}{work:>16,}{time:>12.1f}"
              f"{1e6 * time / work:>16.1f}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", help="folder of the four files; else the embedded digits")
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    dataset = load_dataset("mnist", options.mnist) if options.mnist else load_dataset("digits")
    print(f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}, "
          f"{dataset.name}, medians of {options.repeats} interleaved turns\n")  # fmt: skip
    race(dataset, options.repeats)
    print()
    evaluation(dataset, options.repeats)
    growth()


if __name__ == "__main__":
    main()
