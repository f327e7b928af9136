"""What holds for all tests."""

import signal


def pytest_configure():
    """Programs that tests start can be interrupted: begun in the background, they would inherit that they cannot."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
