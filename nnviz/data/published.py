"""Published data sets that can be fetched: their files, and where copies of them lie.

A file is known by its SHA-256, so it does not matter which mirror sends it. That
is also the only thing that protects a mirror that speaks plain http.
"""

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file as it was published.

    Attributes:
        name: its usual name, which is also its name on the mirrors.
        size: bytes.
        sha256: in hexadecimal.
    """

    name: str
    size: int
    sha256: str

    @property
    def part(self) -> str:
        """What it holds: train-images, train-labels, t10k-images or t10k-labels."""
        return "-".join(self.name.split("-")[:2])


@dataclass(frozen=True, slots=True)
class Release:
    """A published data set.

    Attributes:
        title: what people call it.
        files: all that belongs to it.
        mirrors: addresses of folders with these files, the one to try first first.
    """

    title: str
    files: tuple[PublishedFile, ...]
    mirrors: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def _four(*rows: tuple[int, str]) -> tuple[PublishedFile, ...]:
    names = (
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    )
    return tuple(
        PublishedFile(name, size, digest) for name, (size, digest) in zip(names, rows, strict=True)
    )


MNIST = Release(
    "MNIST",
    _four(
        (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        (4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ),
    (
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ),
)

FASHION_MNIST = Release(
    "Fashion-MNIST",
    _four(
        (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        (29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        (5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ),
    # Plain http: the hashes above are the only protection.
    ("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
)

RELEASES = (MNIST, FASHION_MNIST)

FASHION_CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
"""What Fashion-MNIST's labels 0 to 9 stand for."""
