"""Progress that cancels what it is told of, as a person does who closes the window."""


class Cancelled(Exception):  # noqa: N818
    """The wish to stop."""


def cancel_at_half(part: float, _word: str) -> None:
    """Cancel once half is done."""
    if part > 0.5:
        raise Cancelled
