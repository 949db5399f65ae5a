"""One BLAS thread: small nets train faster with it and runs repeat bit for bit.

The matrix products of a small net are too short to be shared out between cores,
and the order in which several threads add up is not fixed. One thread also
leaves a core to the window.
"""

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def use_one_thread() -> None:
    """Hold BLAS to one thread for the rest of this process; later calls do nothing."""
    threadpool_limits(limits=1, user_api="blas")
