"""What the demo prints: the rounds, the digest, and the reasons for what is in it and what is not."""

import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from newswatch.demo.findings import Findings
from newswatch.demo.inbox import Received
from newswatch.demo.network import Network
from newswatch.demo.rounds import Round


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
    if held := report["articles"]["held"]:
        console.print(f"  [yellow]held back:[/yellow] {held} undated, and there before we came")
    for failed in report["sources"]["failed"]:
        console.print(f"  [yellow]not reached:[/yellow] {escape(failed['name'])}: {escape(failed['reason'])}")
    for one in arrived:
        mail(console, one)


def mail(console: Console, received: Received) -> None:
    """One mail that came in."""
    subject = escape(str(received.message["Subject"]))
    console.print(f"  [green]mail[/green] to {escape(received.recipient)}: {subject}")


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
    console.print("\n[bold]Found, and why[/bold]")
    width = max((len(topic) for story in result.found for topic, _, _ in story.topics), default=0)
    for story in result.found:
        console.print(f"  {escape(story.title)}  [dim]{escape(' · '.join(story.outlets))}[/dim]")
        for topic, words, how in story.topics:
            console.print(f"    [cyan]{escape(topic):<{width}}[/cyan]  “{escape(words)}”  [dim]{how}[/dim]")
    if result.left_out:
        console.print("\n[bold]Left out, and why[/bold]")
    for refused in result.left_out:
        console.print(f"  {escape(refused.title)}  [dim]{escape(refused.outlet)}[/dim]")
        reason = f"“{escape(refused.nearest)}”: {escape(refused.reason)}"
        console.print(f"    not [cyan]{escape(refused.topic)}[/cyan]  {reason}")
    if result.plain:
        console.print(f"  [dim]{_count(len(result.plain), 'other article')} resembled no topic at all.[/dim]")


def closing(console: Console, folder: Path, mails: Sequence[Received]) -> None:
    """Where everything lies, and what to do next."""
    console.print("\n[bold]The mails, as files[/bold]")
    for received in mails:
        console.print(f"  {received.eml}  {received.html or ''}", markup=False, soft_wrap=True)
    console.print(f"\n[bold]Yours to play with:[/bold] {escape(str(folder))}", soft_wrap=True)
    again = f"{_program()} demo --out {shlex.quote(str(folder))}"
    console.print(f"  Edit topics.yaml or subscribers.yaml there; [bold]{again}[/bold] uses them.", soft_wrap=True)
    console.print("  With --serve the outlets and the inbox stay up, and every command works on the folder.")


def serving(console: Console, folder: Path, network: Network) -> None:
    """Where the outlets are, and what to try."""
    console.print("\n[bold]The outlets are up[/bold] until Ctrl-C, and the dark one is back:")
    for site in network.sites.values():
        console.print(f"  {site.base}/  {escape(site.outlet.name)}")
    config = f"--config {shlex.quote(str(folder))}"
    console.print("In another terminal:")
    for tried in ("run --all", "check --online", "match --explain URL", "outbox list"):
        console.print(f"  {_program()} {tried} {config}", soft_wrap=True)


def _program() -> str:
    return "newswatch" if shutil.which("newswatch") else "python3 run.py"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
