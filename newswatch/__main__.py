"""`python -m newswatch`, and what the installed command starts."""

import signal


def main() -> None:
    """Run the command line and exit."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while modules are loaded: no traceback
    from newswatch.cli import main as run

    run()


if __name__ == "__main__":
    main()
