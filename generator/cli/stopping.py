"""Ctrl-C as a wish: what is under way is finished, and then the run ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping_softly() -> Iterator[Callable[[], bool]]:
    """What says whether somebody asked the run to stop; who asks twice ends it at once."""
    wishes = threading.Event()

    def take(number: int, _: FrameType | None) -> None:
        if wishes.is_set():
            raise KeyboardInterrupt
        wishes.set()

    if threading.current_thread() is not threading.main_thread():
        yield wishes.is_set
        return
    before = {number: signal.signal(number, take) for number in _SIGNALS}
    try:
        yield wishes.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
