"""The newswatch command: a group that loads each command's module only when it is asked for."""

import errno
import gc
import importlib
import logging
import sys

import click

from monitor import interrupts
from newswatch.context import Context, Group, set_up_logging
from spiders.plan import version

COMMANDS = {
    "demo": "newswatch.demo.command",
    "init": "newswatch.init",
    "check": "newswatch.check",
    "run": "newswatch.run",
    "crawl": "newswatch.crawl",
    "extract": "newswatch.extract",
    "match": "newswatch.match",
    "topics": "newswatch.topics",
    "sources": "newswatch.sources",
    "subscribers": "newswatch.subscribers",
    "digest": "newswatch.digest",
    "outbox": "newswatch.outbox",
    "bounces": "newswatch.bounces",
    "export": "newswatch.export",
    "mail": "newswatch.mail",
    "serve": "newswatch.serve",
    "audit": "newswatch.audit",
    "canary": "newswatch.canary",
}
"""Command → the module whose `command` it is."""

DONE, FAILED, BAD_USAGE, LOCKED, INTERRUPTED, TERMINATED = 0, 1, 2, 75, 130, 143
"""Exit codes."""
KEPT = "what was done is kept, and the next run goes on from there"
WRITABLE = "let the user that newswatch runs as write there"
MENDS = {
    errno.ENOSPC: "free some space on that disk", errno.EDQUOT: "free some of your share of that disk",
    errno.EACCES: WRITABLE, errno.EPERM: WRITABLE, errno.EROFS: WRITABLE, errno.EIO: "look at the health of that disk",
    errno.EMFILE: "allow more open files (ulimit -n)", errno.ENOTDIR: "name a folder",
}  # fmt: skip
"""What the machine refuses → how to mend it."""


class LazyGroup(Group):
    """A click group whose commands' modules are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib  # for those who mistype

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            raise click.UsageError(f"{error.message}{f' Did you mean {close[0]!r}?' if close else ''}", ctx) from None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), prog_name="newswatch")
@click.pass_context
def newswatch(ctx: click.Context) -> None:
    """Watch news sites for the people, places and subjects of a beat, and mail digests that say why.

    Most commands take --config DIR, --json and -v, before their name or after it; each has --help.
    """
    ctx.call_on_close(ctx.ensure_object(Context).close)
    set_up_logging(0)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 something failed, 2 bad configuration or usage, 75 another run is on.

    130 and 143 (128 and the signal's number) where Ctrl-C or SIGTERM ended it.
    """
    interrupts.heed()
    gc.set_threshold(20_000, 20, 20)  # nearly all that loading modules makes is there to stay
    code = run(arguments)
    gc.freeze()  # what is left goes with the process, and need not be searched for cycles
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    try:
        result = newswatch.main(arguments, prog_name="newswatch", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except click.ClickException as error:
        error.show()
        return BAD_USAGE if isinstance(error, click.UsageError) else error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"newswatch: interrupted; {KEPT}", err=True)
        return INTERRUPTED
    except interrupts.Terminated:
        click.echo(f"newswatch: told to end; {KEPT}", err=True)
        return TERMINATED
    except BrokenPipeError:
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last resort: say so and exit with 1
        return _report(error)


def _report(error: Exception) -> int:
    """Say what went wrong in a line or more, and choose the exit code. What we did not foresee keeps its traceback."""
    from monitor.errors import NewswatchError

    if isinstance(error, NewswatchError):
        click.echo(f"newswatch: {error}", err=True)
        return error.exit_code
    if type(error).__module__.startswith("filelock"):
        click.echo("newswatch: another run holds the lock; nothing was done", err=True)
        return LOCKED
    if isinstance(error, OSError) and error.errno in MENDS:
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"newswatch: {where}{error.strerror}; {MENDS[error.errno]}, then run again", err=True)
        logging.getLogger(__name__).info("where it happened", exc_info=error)
        return FAILED
    if type(error).__module__.startswith("sqlalchemy") and getattr(error, "orig", None) is not None:
        reason = " ".join(str(getattr(error, "orig", "")).split())
        click.echo(f"newswatch: the store: {reason}; {KEPT}", err=True)
        logging.getLogger(__name__).info("the statement that failed", exc_info=error)
        return FAILED
    logging.getLogger(__name__).critical("unexpected error", exc_info=error)
    return FAILED
