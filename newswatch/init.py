"""`newswatch init DIR`: a configuration directory of one's own."""

from importlib.resources import files
from pathlib import Path

import click

from monitor.errors import NewswatchError
from newswatch.context import Context, common, print_json

SAMPLES = ("newswatch.yaml", "sources.yaml", "topics.yaml", "subscribers.yaml")


class ExistsError(NewswatchError):
    """Files are there already; nothing was written."""

    exit_code = 2

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths
        names = ", ".join(path.name for path in paths)
        super().__init__(f"{paths[0].parent}: {names} there already; nothing was written. Name another directory")


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@common
@click.pass_obj
def command(context: Context, directory: Path) -> None:
    """Write commented sample files into DIR: settings, sources, topics and subscribers."""
    there = [directory / name for name in SAMPLES if (directory / name).exists()]
    if there:
        raise ExistsError(there)
    directory.mkdir(parents=True, exist_ok=True)
    for name in SAMPLES:
        (directory / name).write_bytes(files("config").joinpath(name).read_bytes())
    if context.json:
        print_json({"directory": str(directory), "files": list(SAMPLES)})
        return
    click.echo(f"""Wrote {", ".join(SAMPLES)} into {directory}.

Next:
  1. newswatch.yaml     your name as the sender and as crawl.contact; mails become files until you name a server
  2. sources.yaml       the news sites of your beat (newswatch sources discover URL shows what a site offers)
  3. topics.yaml        what to watch for; `newswatch topics test --config {directory}` tries the examples
  4. subscribers.yaml   who hears of it, and when
  5. newswatch check --config {directory}
  6. newswatch run --config {directory}      then the same from cron""")
