"""A YAML file that remembers where each of its values stands.

YAML 1.1's surprises are off: `on`, `off`, `yes` and `no` are words, `12:30` is a text and not 750, `2026-11-24` stays
as written; only true and false are booleans (YAML 1.2, core schema).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from config.errors import Finding

Path_ = tuple[str | int, ...]
"""The way to a value: keys and positions."""

_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML 1.2's core schema."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"(?:~|null|Null|NULL|)$", "~nN\0"),
    ("merge", r"<<$", "<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first) + [""] * (_tag == "null")
    )


class Document:
    """The data of one YAML file, and the place of each value in it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.data: Any = None
        self.findings: list[Finding] = []
        self._root: yaml.Node | None = None
        self._seen: set[int] = set()
        self._made: dict[int, Any] = {}
        try:
            loader = _Loader(text)
            try:
                self._root = loader.get_single_node()
                if self._root is not None:
                    self.findings += self._duplicates(self._root, ())
                    self.data = self._value(self._root, loader)
            finally:
                loader.dispose()
        except yaml.YAMLError as error:
            self.findings.append(self._syntax(error, text))
        except RecursionError:
            self.findings.append(Finding(file=name, message="is nested too deeply"))

    def finding(self, way: Path_, message: str, *, at_key: bool = False) -> Finding:
        """A finding about the value at `way` (or about its key), with its place in the file."""
        line, column = self._place(way, at_key=at_key)
        return Finding(file=self.name, line=line, column=column, key=".".join(map(str, way)), message=message)

    def entries(self, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The groups of keys in the list at `key`, each with its position, whatever else is wrong with the file."""
        found = self.data.get(key) if isinstance(self.data, dict) else None
        for index, entry in enumerate(found if isinstance(found, list) else ()):
            if isinstance(entry, dict):
                yield index, entry

    def _place(self, way: Path_, *, at_key: bool) -> tuple[int, int]:
        node = self._root
        mark = node.start_mark if node else None
        for position, step in enumerate(way):
            key_mark, below = _child(node, step)
            if below is None:
                break
            node = below
            last = position == len(way) - 1
            mark = key_mark if key_mark and last and at_key else node.start_mark
        return (mark.line + 1, mark.column + 1) if mark else (0, 0)

    def _duplicates(self, node: yaml.Node, way: Path_) -> Iterator[Finding]:
        if id(node) in self._seen:  # an alias: it was looked at where it is anchored
            return
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            first: dict[str, int] = {}
            for key, value in node.value:
                name = str(key.value)
                line = key.start_mark.line + 1
                if name in first:
                    message = f"appears twice; it stands on line {first[name]} already. Keep one"
                    yield Finding(
                        file=self.name, line=line, column=key.start_mark.column + 1,
                        key=".".join(map(str, (*way, name))), message=message,
                    )  # fmt: skip
                first.setdefault(name, line)
                yield from self._duplicates(value, (*way, name))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                yield from self._duplicates(value, (*way, index))

    def _value(self, node: yaml.Node, loader: Any) -> Any:
        """What PyYAML would make of a node, in a third of the time: long lists are read at every run."""
        if node.tag == _TEXT:
            return node.value
        if id(node) not in self._made:
            self._made[id(node)] = self._make(node, loader)
        return self._made[id(node)]

    def _make(self, node: yaml.Node, loader: Any) -> Any:
        if node.tag == _LIST and isinstance(node, yaml.SequenceNode):
            return [self._value(inner, loader) for inner in node.value]
        if node.tag == _MAP and isinstance(node, yaml.MappingNode) and all(key.tag == _TEXT for key, _ in node.value):
            return {key.value: self._value(inner, loader) for key, inner in node.value}
        return loader.construct_document(node)

    def _syntax(self, error: yaml.YAMLError, text: str) -> Finding:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        lines = text.splitlines()
        tab = mark is not None and mark.line < len(lines) and lines[mark.line][mark.column :].startswith("\t")
        hint = "; this is a tab, indent with spaces" if tab else ""
        return Finding(file=self.name, line=line, column=column, message=f"is not YAML: {problem}{hint}")


def read(path: Path) -> Document:
    """Read a YAML file; what is wrong with it is in `findings`, `data` is `None` then."""
    try:
        return Document(path.name, path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return _unreadable(path, f"there is no such file in {path.parent}; `newswatch init DIR` writes one")
    except OSError as error:
        return _unreadable(path, f"cannot be read: {error.strerror}; it must be a file that newswatch's user may read")
    except UnicodeDecodeError as error:
        return _unreadable(path, f"is not UTF-8 text: {error.reason} at byte {error.start}")


def _unreadable(path: Path, message: str) -> Document:
    document = Document(path.name, "")
    document.findings.append(Finding(file=path.name, message=message))
    return document


def _child(node: yaml.Node | None, step: str | int) -> tuple[Any, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if str(key.value) == str(step):
                return key.start_mark, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None
