"""`python -m tui`, the same as `escritorio`."""

from __future__ import annotations

import sys
from types import TracebackType

from tui.environment import prepare_environment


def main() -> None:
    """Settle the surroundings before Textual is loaded, then do what the command line says."""
    prepare_environment()
    sys.excepthook = tell_failure
    from tui.cli.run import run

    sys.exit(run(sys.argv[1:]))


def tell_failure(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Say one line with a reference where Python would print a traceback; the log has the rest."""
    from tui.log import log_failure, said_of_failure

    print(said_of_failure(log_failure(error)), file=sys.stderr)


if __name__ == "__main__":
    main()
