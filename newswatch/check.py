"""`newswatch check`: whether the configuration can be used, and what a run would refuse."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from alerts.wording import count
from newswatch.context import Context, common, print_json
from newswatch.manners import refusals

if TYPE_CHECKING:
    from config.loading import Config


@click.command("check")
@click.option("--schema", is_flag=True, help="Print the JSON Schemas of the four files, for an editor, and stop.")
@click.option("--online", is_flag=True, help="Ask every source too: what its ways in carry.")
@common
@click.pass_obj
def command(context: Context, schema: bool, online: bool) -> int:
    """Check the four files: every error with file, line, column, key, and what would be right."""
    if schema:
        print_json(_schemas())
        return 0
    config = _config(context)
    refused = refusals(config)
    unreadable = _without_javascript(config)
    unreached = _channels(config)
    counts = {"sources": len(config.sources), "topics": len(config.topics), "subscribers": len(config.subscribers)}
    failed = 0
    if context.json and not online:
        print_json({"ok": True, **counts, "refused_by_run": refused, "left_out_by_run": [*unreadable, *unreached]})
    elif not online:
        click.echo(f"{context.directory}: in order; " + ", ".join(count(n, name[:-1]) for name, n in counts.items()))
    if not context.json:
        for refusal in refused:
            click.echo(f"`newswatch run` will refuse: {refusal}", err=True)
        for gap in unreadable:
            click.echo(f"`newswatch run` will leave out pages: {gap}", err=True)
        for gap in unreached:
            click.echo(f"`newswatch run` will not reach: {gap}", err=True)
    if online:
        from newswatch.online import check_sources

        failed = check_sources(context)
    return 1 if failed or unreadable or unreached else 0


def _config(context: Context) -> "Config":
    """The configuration; with --json what is wrong with it goes to stdout as well. Raises `ConfigErrors`."""
    from config.errors import ConfigErrors

    try:
        return context.config
    except ConfigErrors as error:
        if context.json:
            print_json({"ok": False, "errors": [asdict(finding) for finding in error.findings]})
        raise


def _without_javascript(config: "Config") -> list[str]:
    """The sources whose pages cannot be read on this machine, and what is to be installed."""
    marked = [source.name for source in config.sources if source.js]
    if not marked:
        return []
    from spiders.chromium import missing

    why = missing()
    return [f"sources.yaml: {name}: {why}" for name in marked] if why else []


def _channels(config: "Config") -> list[str]:
    """The channels that cannot be written to from this machine, and why."""
    from alerts.channels import objection

    return [
        f"subscribers.yaml: {wishes.email} {problem}"
        for wishes in config.subscribers
        if wishes.channel and (problem := objection(wishes.channel))
    ]


def _schemas() -> dict[str, object]:
    from config.settings import Settings
    from config.sources import SourcesFile
    from config.subscribers import SubscribersFile
    from config.topics import TopicsFile

    return {
        "newswatch.yaml": Settings.model_json_schema(),
        "sources.yaml": SourcesFile.model_json_schema(),
        "topics.yaml": TopicsFile.model_json_schema(),
        "subscribers.yaml": SubscribersFile.model_json_schema(),
    }
