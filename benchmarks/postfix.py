"""Sends the outbox through a real Postfix into a Maildir, kills its whole process tree half-way, and counts.

    python benchmarks/postfix.py [MAILS]

Needs Postfix and root (it runs an instance of its own in a temporary folder, on loopback). Exits with 1 when a mail is
lost.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from alerts.outbox import send_due  # noqa: E402
from alerts.smtp import SmtpTransport  # noqa: E402
from benchmarks.outbox import free_port, queue  # noqa: E402
from monitor.clock import Clock  # noqa: E402
from monitor.store import outbox  # noqa: E402
from monitor.store.engine import open_store  # noqa: E402

MAIN = """
compatibility_level = 3.6
queue_directory = {top}/queue
data_directory = {top}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
myhostname = mx.example
virtual_mailbox_domains = static:all
virtual_mailbox_base = {top}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_recipient_restrictions = reject_unauth_destination
maillog_file = /dev/stdout
alias_maps =
local_recipient_maps =
smtputf8_enable = no
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """An instance of its own."""

    def __init__(self, top: Path) -> None:
        self.top, self.port = top, free_port()
        owner = pwd.getpwnam("postfix")
        for name in ("queue", "data", "mail", "etc"):
            (top / name).mkdir()
        for name in ("data", "mail"):
            shutil.chown(top / name, "postfix")
        top.chmod(0o755)
        values = {"top": top, "port": self.port, "uid": owner.pw_uid, "gid": owner.pw_gid}
        (top / "etc" / "main.cf").write_text(MAIN.format(**values))
        (top / "etc" / "master.cf").write_text(MASTER.format(**values))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        (self.top / "queue" / "pid" / "master.pid").unlink(missing_ok=True)
        self.process = subprocess.Popen(
            ["postfix", "-c", str(self.top / "etc"), "start-fg"], start_new_session=True, stdout=subprocess.DEVNULL
        )
        for _ in range(100):
            transport = SmtpTransport("127.0.0.1", self.port, timeout=2)
            connected = transport._connect()
            if not hasattr(connected, "outcome"):
                connected.close()
                return
            time.sleep(0.1)
        raise SystemExit("Postfix does not start")

    def kill(self) -> None:
        """SIGKILL to the whole tree: its own processes alone, found by their session and parents."""
        tree, before = {self.process.pid}, 0
        while len(tree) != before:
            before = len(tree)
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = stat.read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[1]) in tree:
                    tree.add(int(stat.parent.name))
        for pid in tree:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()

    def received(self) -> list[str]:
        """The Message-IDs of all delivered mails."""
        found = []
        for path in (self.top / "mail").rglob("new/*"):
            header = re.search(rb"(?im)^Message-ID: (<[^>]+>)", path.read_bytes())
            if header:
                found.append(header.group(1).decode())
        return found


def main() -> int:
    """Queue, send, kill half-way, start again, send the rest, count."""
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    if not shutil.which("postfix") or os.geteuid() != 0:
        print("skipped: needs Postfix and root")
        return 0
    with tempfile.TemporaryDirectory(prefix="nw-postfix-") as name:
        top = Path(name)
        postfix = Postfix(top)
        postfix.start()
        engine = open_store(f"sqlite:///{top / 'newswatch.db'}")
        queue(engine, mails)
        sent = threading.Event()
        progress = iter(range(mails * 3))
        killer = threading.Thread(target=lambda: (sent.wait(), postfix.kill()), daemon=True)
        killer.start()
        started = time.monotonic()
        send_due(engine, Clock(), SmtpTransport("127.0.0.1", postfix.port),
                 progress=lambda *_: sent.set() if next(progress) == mails // 2 else None)  # fmt: skip
        sent.set()
        killer.join()
        postfix.start()
        for step in range(1, 40):
            send_due(engine, Clock(step * 4_000), SmtpTransport("127.0.0.1", postfix.port))
            with engine.connect() as connection:
                counts = outbox.counts(connection)
            if not counts["ready"] + counts["sending"]:
                break
        seconds = time.monotonic() - started
        subprocess.run(["postfix", "-c", str(top / "etc"), "flush"], check=False, stderr=subprocess.DEVNULL)
        for _ in range(240):
            if len(set(postfix.received())) >= mails:
                break
            time.sleep(0.5)
        received = postfix.received()
        postfix.kill()
    lost = mails - len(set(received))
    print(
        f"Postfix, killed half-way: {mails} mails, {counts['sent']} sent in {seconds:.0f} s, lost {lost}, "
        f"repeats {len(received) - len(set(received))} {'ok' if not lost else 'MISSED'}"
    )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
