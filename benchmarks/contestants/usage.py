"""What a command costs: how long it takes, and the most memory that all its processes hold together.

    python usage.py COMMAND [ARGUMENT ...]     prints {"seconds": ..., "peak_mib": ...} as its last line

Memory is sampled while the command runs. A page that several processes share, as forked ones do, is counted once: on
Linux, each process's proportional set size is summed over the tree. Peaks between two samples are missed in that sum,
but no process's own: the kernel keeps each one's highest resident set, and a tree never counts as less than that.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

EVERY = 0.2  # seconds between samples, fewer at first; one of a tree with TensorFlow in it takes some milliseconds
MIB = 2**20


def watch(command, **options):
    """Runs a command to its end.

    Args:
        command: list of strings or paths.
        options: for `subprocess.Popen`, such as cwd and env.

    Returns:
        {"seconds": wall-clock time, "peak_mib": highest memory of the process tree in MiB}.

    Raises:
        RuntimeError: when the command fails, with the end of what it said.
    """
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=subprocess.STDOUT, **options)
        with _Sampler(process.pid) as sampler:
            process.wait()
            seconds = time.perf_counter() - begin
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace")
            raise RuntimeError(f"{Path(command[0]).name} failed: {said[-2000:]}")
    return {"seconds": seconds, "peak_mib": sampler.peak / MIB}


class _Sampler:
    """Notes the highest memory of a process tree, in a thread, for as long as the block takes."""

    def __init__(self, pid):
        self.pid = pid
        self.peak = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._sample)

    def _sample(self):
        with contextlib.suppress(psutil.NoSuchProcess):
            tree, begin = psutil.Process(self.pid), time.perf_counter()
            while not self.over.is_set():
                self.peak = max(self.peak, memory_of_tree(tree))
                self.over.wait(min(EVERY, 0.01 + (time.perf_counter() - begin) / 20))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def memory_of_tree(root):
    """Bytes that a process and all that descend from it hold now; 0 when it has gone."""
    try:
        processes = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    measured = [memory_of(process) for process in processes]
    return max(sum(now for now, _ in measured), max(highest for _, highest in measured))


def memory_of(process):
    """(bytes that a process holds now, the most it ever held); zeros when it has gone.

    Where the kernel tells no proportional set size, the resident set stands in for it: shared pages then count double.
    """
    try:
        folder = Path("/proc") / str(process.pid)
        highest = _kilobytes(folder / "status", "VmHWM")
        return _kilobytes(folder / "smaps_rollup", "Pss"), highest
    except (OSError, LookupError):
        pass
    try:
        resident = process.memory_info().rss
        return resident, resident
    except psutil.Error:
        return 0, 0


def _kilobytes(path, name):
    for line in path.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return 1024 * int(line.split()[1])
    raise LookupError(f"{path} does not tell {name}.")


if __name__ == "__main__":
    print(json.dumps(watch(sys.argv[1:])))
