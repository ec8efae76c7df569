"""What is wrong with the configuration: every finding with its place, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.errors import NewswatchError


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong. `line` and `column` count from 1; 0 where there is no place in a file."""

    file: str
    line: int = 0
    column: int = 0
    key: str = ""
    """The way to the value: topics.3.phrases, counted from 0."""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return ": ".join(part for part in (place, self.key, self.message) if part)


class ConfigErrors(NewswatchError):  # noqa: N818 - it holds many
    """The configuration cannot be used; `findings` say why."""

    exit_code = 2

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda f: (f.file, f.line, f.column)))
        count = len(self.findings)
        head = f"{count} error{'s' if count > 1 else ''} in the configuration"
        super().__init__("\n".join([head, *(f"  {finding}" for finding in self.findings)]))
