"""What every rival does around its work: time it, and compare its losses with Scrubjay's."""

import time

TOLERANCE = 1e-4


class Clock:
    def __init__(self):
        self.then = time.perf_counter()

    def lap(self):
        """Seconds since the last lap."""
        now = time.perf_counter()
        passed, self.then = now - self.then, now
        return passed


def whole(seconds):
    """All that counts against a rival: not the reading of draws, which Scrubjay makes and does not read."""
    return sum(seconds.values()) - seconds.get("draws", 0)


def largest_difference(losses, expected):
    """The largest |difference| / (1 + |expected|), which may be at most TOLERANCE."""
    losses, expected = losses.double(), expected.double()
    return float(((losses - expected).abs() / (1 + expected.abs())).max())
