"""The demo's folder: a configuration directory to play with, beside the store and the mails that came in."""

import shutil
from importlib import resources
from pathlib import Path

import jinja2

from monitor.errors import NewswatchError
from newswatch.demo.inbox import Inbox
from newswatch.demo.network import Network

CONTENT = resources.files("newswatch.demo.content")
KEPT = ("topics.yaml", "subscribers.yaml")
"""What a second demo in the same folder leaves as it was edited."""
MARK = "newswatch demo"
"""Stands in the sources.yaml of every demo, and tells its folder from other people's."""


class FolderTakenError(NewswatchError):
    """The folder has something else in it."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{folder} is not empty and not a demo's; choose another with --out DIR")


def prepare(folder: Path) -> None:
    """Make the folder, or clear a former demo's store and mails away. Raises `FolderTakenError`."""
    if folder.exists() and any(folder.iterdir()) and not _is_demo(folder):
        raise FolderTakenError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("var", "mail"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in KEPT:
        if not (folder / name).exists():
            (folder / name).write_text((CONTENT / name).read_text(encoding="utf-8"), encoding="utf-8")


def connect(folder: Path, network: Network, inbox: Inbox) -> None:
    """Write the files that say where the network and the inbox are."""
    addresses = {key: site.base for key, site in network.sites.items()}
    for name in ("newswatch.yaml", "sources.yaml"):
        template = jinja2.Template((CONTENT / f"{name}.j2").read_text(encoding="utf-8"), keep_trailing_newline=True)
        text = template.render(inbox=f"{inbox.host}:{inbox.port}", **addresses)
        (folder / name).write_text(text, encoding="utf-8")


def _is_demo(folder: Path) -> bool:
    sources = folder / "sources.yaml"
    return sources.is_file() and MARK in sources.read_text(encoding="utf-8").split("\n", 1)[0]
