"""What the demo prints: the rounds, the digest, and the reasons for what is in it and what is not."""

import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from newswatch.demo.findings import Findings
from newswatch.demo.inbox import Received
from newswatch.demo.network import Network
from newswatch.demo.rounds import Round

LONGEST = 12
"""Look-alikes shown; the rest is counted."""


def opening(console: Console) -> None:
    """Say what is about to happen."""
    console.print("[bold]newswatch demo[/bold]: four invented news outlets and an inbox on this machine, two rounds.")
    console.print("Every story below is made up. Nothing leaves this computer.\n", style="dim")


def round_done(console: Console, number: int, done: Round, arrived: Sequence[Received]) -> None:
    """One line a round, and one for each mail that came."""
    report = done.report
    line = ", ".join(
        (
            f"{_count(report['sources']['checked'], 'source')} checked",
            _count(report["articles"]["new"], "new article"),
            _count(report["matches"], "match", "matches"),
            _count(len(arrived), "mail"),
        )
    )
    when = f"{done.at.astimezone():%A %H:%M}"
    console.print(f"[bold]Round {number}[/bold] ({when}): {line}  [dim]{done.seconds:.1f} s[/dim]")
    for failed in report["sources"]["failed"]:
        console.print(f"  [yellow]not reached:[/yellow] {escape(failed['name'])}: {escape(failed['reason'])}")
    for one in arrived:
        mail(console, one)


def mail(console: Console, received: Received) -> None:
    """One mail that came in."""
    subject = escape(str(received.message["Subject"]))
    console.print(
        f"  [green]mail[/green] to {escape(received.recipient)}: {subject}  [dim]{escape(str(received.eml))}[/dim]"
    )


def digest(console: Console, mails: Sequence[Received]) -> None:
    """The fullest mail, as its reader sees it without HTML."""
    if not mails:
        return
    fullest = max(mails, key=lambda received: len(received.text))
    title = escape(f"The mail that {fullest.recipient} got")
    body = Text(fullest.text.rstrip())
    console.print(Panel(body, title=title, title_align="left", border_style="green", padding=(1, 2)))


def findings(console: Console, result: Findings) -> None:
    """Why each story is in the mails, and why look-alikes are not."""
    found = _table("Found, and why", "headline", "outlet", "topic", "the words", "how")
    for story in result.found:
        title, outlets = story.title, "\n".join(story.outlets)
        for topic, words, how in story.topics:
            found.add_row(escape(title), escape(outlets), escape(topic), escape(words), how)
            title, outlets = "", ""
    console.print(found)
    if result.left_out:
        left = _table("Left out, and why", "headline", "looks like", "the words", "why not")
        for refused in result.left_out[:LONGEST]:
            left.add_row(*map(escape, (refused.title, refused.topic, refused.nearest, refused.reason)))
        console.print(left)
        if len(result.left_out) > LONGEST:
            console.print(f"  … and {len(result.left_out) - LONGEST} more like these.", style="dim")
    if result.plain:
        console.print(f"  {_count(len(result.plain), 'article')} resembled no topic at all.", style="dim")


def closing(console: Console, folder: Path, mails: Sequence[Received]) -> None:
    """Where everything lies, and what to do next."""
    files = _table("The mails, as files", "to", "text and HTML", "page")
    for received in mails:
        files.add_row(escape(received.recipient), escape(str(received.eml)), escape(str(received.html or "")))
    console.print(files)
    console.print(f"[bold]Yours to play with:[/bold] {escape(str(folder))}")
    again = f"{_program()} demo --out {shlex.quote(str(folder))}"
    console.print(f"  Edit topics.yaml or subscribers.yaml there; [bold]{again}[/bold] uses them.")
    console.print("  With --serve the outlets and the inbox stay up, and every command works on the folder.")


def serving(console: Console, folder: Path, network: Network) -> None:
    """Where the outlets are, and what to try."""
    console.print("\n[bold]The outlets are up[/bold] until Ctrl-C, and the dark one is back:")
    for site in network.sites.values():
        console.print(f"  {site.base}/  {escape(site.outlet.name)}")
    config = f"--config {shlex.quote(str(folder))}"
    console.print("In another terminal:")
    for tried in ("run --all", "check --online", "match --explain URL", "outbox list"):
        console.print(f"  {_program()} {tried} {config}")


def _program() -> str:
    return "newswatch" if shutil.which("newswatch") else "python3 run.py"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
