"""`newswatch demo`: see it work, without touching the internet."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from newswatch.demo.inbox import Inbox
    from newswatch.demo.network import Network

PORT = 8477
"""Where the outlets try to live, so that the addresses of a former demo stay good."""


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("newswatch-demo"),
    metavar="DIR",
    help="Where its files go (./newswatch-demo, unless you say). A former demo's topics.yaml and subscribers.yaml "
    "there are kept and used.",
)
@click.option("--serve", is_flag=True, help="Then keep the outlets and the inbox up until Ctrl-C.")
def command(out: Path, serve: bool) -> None:
    """Watch four invented news outlets on this machine, and see a digest come out.

    Starts a small network of made-up local news and an inbox on loopback addresses, runs two rounds of the real
    thing, and prints the digest, why each story is in it, and why look-alikes are not. Nothing leaves this computer.
    """
    from rich.console import Console

    from newswatch.demo import findings, folder, telling
    from newswatch.demo.inbox import Inbox
    from newswatch.demo.network import Network

    console = Console(highlight=False)
    telling.opening(console)
    folder.prepare(out)
    now = datetime.now(UTC)
    with Network(now, PORT) as network, Inbox(out / "mail") as inbox:
        folder.connect(out, network, inbox)
        _rounds(console, out, network, inbox, now)
        telling.digest(console, inbox.received)
        telling.findings(console, findings.read(out))
        telling.closing(console, out, inbox.received)
        if serve:
            _serve(console, out, network, inbox)


def _rounds(console: "Console", out: Path, network: "Network", inbox: "Inbox", now: datetime) -> None:
    """Yesterday at this hour, and now; in between an outlet goes dark."""
    from newswatch.demo import rounds, telling
    from newswatch.demo.outlets import DARK_IN_ROUND_TWO

    for number, at in enumerate((now - timedelta(days=1), now), start=1):
        network.set_time(at)
        network.go_dark(DARK_IN_ROUND_TWO, dark=number == 2)
        before = len(inbox.received)
        with console.status(f"Round {number}: reading, matching, mailing …"):
            done = rounds.run(out, at)
        telling.round_done(console, number, done, inbox.received[before:])


def _serve(console: "Console", out: Path, network: "Network", inbox: "Inbox") -> None:
    """Wait for Ctrl-C, and say which mails come in; the dark outlet is back, with a story of its own."""
    from newswatch.demo import telling
    from newswatch.demo.outlets import DARK_IN_ROUND_TWO

    network.go_dark(DARK_IN_ROUND_TWO, dark=False)
    telling.serving(console, out, network)
    told = len(inbox.received)
    try:
        while True:
            time.sleep(0.3)
            for mail in inbox.received[told:]:
                telling.mail(console, mail)
                told += 1
    except KeyboardInterrupt:
        console.print("Stopped.")
