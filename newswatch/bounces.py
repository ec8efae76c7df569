"""`newswatch bounces`: what mailboxes say of our mail, and whom to leave alone therefore."""

from collections import Counter

import click

from alerts import bounces, tokens
from newswatch.context import Context, Group, common, print_json


@click.group("bounces", cls=Group)
def command() -> None:
    """Read what mailboxes say of our mail: bounces, complaints, and mails that ask to be left alone."""


@command.command("read")
@click.argument("where", metavar="DIR|FILE|imaps://USER@HOST/FOLDER")
@click.option("--password", envvar="IMAP_PASSWORD", default="", help="Of the IMAP user.", show_envvar=True)
@common
@click.pass_obj
def read(context: Context, where: str, password: str) -> None:
    """Read a Maildir, an mbox, single files or an IMAP folder, and say of each message what it is.

    A hard bounce on two different days, or one complaint, suppresses the subscriber whose signed address in the
    envelope it was sent to; a report without such an address suppresses nobody. Soft bounces never do.
    """
    keys = tokens.load_keys(context.config.settings.keys_file)
    findings = list(bounces.take(context.store, context.clock, keys, bounces.messages(where, password)))
    if context.json:
        print_json([{"file": f.file, "recipient": f.report.recipient, "kind": f.report.kind} for f in findings])
        return
    for finding in findings:
        report = finding.report
        effect = f" → {finding.effect}" if finding.effect else ""
        click.echo(f"{finding.file}: {report.kind}{effect}  {report.recipient}  {report.reason}")
    counts = Counter(finding.report.kind for finding in findings)
    click.echo(", ".join(f"{number} {kind}" for kind, number in counts.items()) or "no messages", err=True)
