"""Runs one program after another, each in a process of its own, and takes its time and peak memory.

The kernel counts what a process held before it became another program into its peak, so this one must stay small: it loads
neither torch nor matplotlib while it measures."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SHARED = REPOSITORY.parent / "shared"


class Ran:
    def __init__(self, seconds, peak, output):
        self.seconds, self.peak_mebibytes, self.output = seconds, peak / 1024, output

    def lines(self):
        """The JSON objects that it printed, one a line."""
        return [json.loads(line) for line in self.output.splitlines()]


class Runner:
    def __init__(self, scrubjay, scratch, threads, quick, device="opencl", torch_device="cpu"):
        self.scrubjay, self.scratch, self.threads, self.quick = scrubjay, scratch, threads, quick
        # Of the suites of a device: the backend, and the device of PyTorch's that stands beside it.
        self.device, self.torch_device = device, torch_device
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.count, self.disturbed = 0, 0

    def size(self, number):
        """Of what a benchmark is big in: a tenth where it is only tried."""
        return number // 10 if self.quick else number

    def run(self, command):
        command = [str(part) for part in command]
        say(" ".join(part.replace(f"{REPOSITORY}/", "") for part in command))
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            start, busy = time.perf_counter(), busy_seconds()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            others = busy_seconds() - busy - usage.ru_utime - usage.ru_stime
            self.count += 1
            self.disturbed += others > 0.1 * seconds
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0), errors.seek(0)
            if process.returncode != 0:
                sys.exit(f"{errors.read().decode()}bench: status {process.returncode} from the command above")
            return Ran(seconds, usage.ru_maxrss, output.read().decode())

    def ours(self, hypotheses, samples, *options, threads=None, backend="cpu"):
        command = [self.scrubjay, "run", *hypotheses, "--samples", samples, "--seed", 0, "--backend", backend, "--quiet"]
        return self.run([*command, "--threads", threads or self.threads, "--json", self.scratch / "ours.json", *options])

    def python(self, program, *options, threads=None):
        """A program of this folder in a fresh interpreter."""
        return self.run([sys.executable, HERE / program, "--threads", threads or self.threads, *options])

    def rival(self, program, *options, threads=None):
        """What a rival reports."""
        ran = self.python(program, *options, threads=threads)
        return {**ran.lines()[-1], "peak_mebibytes": ran.peak_mebibytes}

    def draws(self, folder, hypotheses, samples, backend="cpu"):
        """Exports the draws and losses of each hypothesis, unless this build of Scrubjay already did."""
        folder = self.scratch / "draws" / folder
        folder.mkdir(parents=True, exist_ok=True)
        for hypothesis in hypotheses:
            file = folder / f"{hypothesis.stem}.npz"
            if not file.exists() or file.stat().st_mtime < self.scrubjay.stat().st_mtime:
                self.ours([hypothesis], samples, "--export-samples", file, backend=backend)
        return folder

    def report(self):
        """The reports of the last run of ours."""
        reports = json.loads((self.scratch / "ours.json").read_text())
        return reports if isinstance(reports, list) else [reports]

    def device_mebibytes(self):
        """The most that any plan of the last run of ours held of its device."""
        return max(report["execution"]["peak_bytes"] for report in self.report()) / 2**20


def busy_seconds():
    """How long the cores of this machine have worked."""
    user, nice, system = (int(ticks) for ticks in pathlib.Path("/proc/stat").read_text().split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)
