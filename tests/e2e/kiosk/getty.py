"""What the kiosk's service does: agetty on a console, with the launcher in place of a login, again and again."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress

from tui.kiosk import LEFT_BY_CODE


class Getty(threading.Thread):
    """Starts the next one whenever one ends, unless the kiosk's code ended it."""

    def __init__(self, tty: str, launcher: str) -> None:
        super().__init__(name="getty", daemon=True)
        self.statuses: list[int] = []
        """What each one ended with."""
        self._argv = ["agetty", "--noissue", "--nohostname", "--skip-login",
                      "--login-program", launcher, tty, "linux"]  # fmt: skip
        self._is_stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start one after the other."""
        while not self._is_stopped and LEFT_BY_CODE not in self.statuses:
            self._process = subprocess.Popen(
                self._argv, start_new_session=True, stdin=subprocess.DEVNULL
            )
            self.statuses.append(self._process.wait())

    def stop(self) -> None:
        """End the one that runs, with all that it started, and start no more."""
        self._is_stopped = True
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self.join(10)
