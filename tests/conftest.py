"""What holds for all tests."""

import os
import signal


def pytest_configure():
    """What has to be set before anything is imported."""
    # Programs that tests start can be interrupted: begun in the background, they would inherit that they cannot.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and "JAX_COMPILATION_CACHE_DIR" in os.environ:  # JAX writes without a lock: one process, one cache
        os.environ["JAX_COMPILATION_CACHE_DIR"] = os.path.join(os.environ["JAX_COMPILATION_CACHE_DIR"], worker)
