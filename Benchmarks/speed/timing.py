"""What every rival does around its work: time it, and compare its losses with Scrubjay's."""

import time

from torch_device import synchronise

TOLERANCE = 1e-4


class Clock:
    def __init__(self, device):
        self.device, self.then = device, time.perf_counter()

    def lap(self):
        """Seconds since the last lap."""
        synchronise(self.device)
        now = time.perf_counter()
        passed, self.then = now - self.then, now
        return passed


def whole(seconds):
    """All that counts against a rival: not the reading of draws, which Scrubjay makes and does not read."""
    return sum(seconds.values()) - seconds.get("draws", 0)


def largest_difference(losses, expected):
    """The largest |difference| / (1 + |expected|), which may be at most TOLERANCE."""
    losses, expected = losses.cpu().double(), expected.double()
    return float(((losses - expected).abs() / (1 + expected.abs())).max())
