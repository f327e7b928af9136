"""What a command costs: its time, and the highest memory of all its processes together.

    python usage.py COMMAND [ARGUMENT ...]     prints {"seconds": ..., "peak_mib": ...} as its last line

Memory is sampled while the command runs. On Linux, a page that several of its processes share, as forked ones do,
counts once: for anonymous pages, proportional set sizes are summed; for files (mostly libraries), the larger of that
sum and the most that one process holds, because other programs that use the same libraries take a share of the sum. The
sums miss peaks between two samples, but not a single process's peak: the kernel keeps each process's highest resident
set, and a tree never counts as less than that.
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
    """Records the highest memory of a process tree, in a thread, for the duration of the block."""

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
    """Bytes that a process and its descendants hold now; 0 if it has gone."""
    try:
        processes = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    measured = [memory_of(process) for process in processes]
    own, shares, files, highest = zip(*measured, strict=True)
    return max(sum(own) + max(sum(shares), *files), *highest)


def memory_of(process):
    """(anonymous bytes, its share of file bytes, all its file bytes, its peak) of a process; zeros if it has gone.

    Where the kernel has no proportional set sizes, all resident memory counts as anonymous, and shared pages count more
    than once.
    """
    try:
        folder = Path("/proc") / str(process.pid)
        sizes = _bytes(folder / "status") | _bytes(folder / "smaps_rollup")
        return sizes["Pss_Anon"] + sizes["Pss_Shmem"], sizes["Pss_File"], sizes["RssFile"], sizes["VmHWM"]
    except (OSError, LookupError):
        pass
    try:
        resident = process.memory_info().rss
        return resident, 0, 0, resident
    except psutil.Error:
        return 0, 0, 0, 0


def _bytes(path):
    """{name: bytes} of the lines of a file in /proc that hold a size, such as "VmHWM:   5120 kB"."""
    lines = (line.split() for line in path.read_text().splitlines())
    return {words[0].rstrip(":"): 1024 * int(words[1]) for words in lines if words[2:] == ["kB"]}


if __name__ == "__main__":
    print(json.dumps(watch(sys.argv[1:])))
