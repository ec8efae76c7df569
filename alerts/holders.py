"""Who holds a mail while it is sent: a name for this process, and whether a named one still lives."""

import os
import secrets
import socket
from functools import cache
from pathlib import Path


def name() -> str:
    """A name that no other process has or had: the machine since it was started, the process, and a random part."""
    pid = os.getpid()
    return "|".join((place(), str(pid), _started(pid) or "", secrets.token_hex(6)))


def alive(holder: str) -> bool | None:
    """Whether the process that made the name `holder` still runs; `None` where that cannot be told from here."""
    where, _, rest = holder.partition("|")
    pid, _, started = rest.partition("|")
    if where != place() or not pid.isdecimal() or not Path("/proc/self/stat").exists():
        return None
    return _started(int(pid)) == started.partition("|")[0]


@cache
def place() -> str:
    """This machine since its last start, and this namespace of process numbers."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return socket.gethostname()
    return f"{socket.gethostname()}/{boot}/{space}"


def _started(pid: int) -> str | None:
    """When a process started, in clock ticks since the machine did."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]
