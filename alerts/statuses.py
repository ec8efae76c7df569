"""Delivery status reports (RFC 3464), and those that Amazon SES writes in JSON: what each says of whom."""

import re
from collections.abc import Iterator

from alerts.incoming import first_address, own_words
from alerts.verdicts import Verdict, judge

NOTICE = re.compile(r'(?:notification|event)Type\\*":\s*\\*"(Bounce|Complaint|Delivery)')
"""Where Amazon SES says what its JSON is about."""


def groups(content: str) -> Iterator[dict[str, str]]:
    """The per-recipient groups of a delivery status: field (lower case) → value, unfolded."""
    for block in re.split(r"\r?\n\s*\r?\n", content):
        fields: dict[str, str] = {}
        last = ""
        for line in block.splitlines():
            if line[:1] in {" ", "\t"} and last:
                fields[last] += " " + line.strip()
            elif ":" in line:
                name, _, value = line.partition(":")
                last = name.strip().lower()
                fields.setdefault(last, value.strip())
        if "final-recipient" in fields or "original-recipient" in fields or ("status" in fields and "action" in fields):
            yield fields


def of_groups(groups: list[dict[str, str]], text: str) -> tuple[Verdict, str]:
    """The gravest verdict over the recipients of a delivery status report (RFC 3464)."""
    verdicts = []
    told = own_words(text)
    for group in groups:
        action, status = group.get("action", "").lower(), _status(group.get("status", ""))
        said = re.sub(r"^(?:smtp|x-\w+|dns|unknown)\s*;", "", group.get("diagnostic-code", ""), flags=re.IGNORECASE)
        who = _address(group.get("original-recipient") or group.get("final-recipient") or "")
        if action.startswith(("delivered", "relayed", "expanded")):
            verdicts.append((Verdict(kind="not_bounce", reason=action), who))
            continue
        about = f"{said} {_lines_about(told, who)}"
        found = judge(_full(about, told, groups), status, delayed=action.startswith("delayed"))
        verdicts.append((found, who))
    order = {"hard": 0, "soft": 1, "complaint": 2, "not_bounce": 3}
    return min(verdicts, key=lambda pair: order[pair[0].kind])


def of_notice(text: str) -> tuple[Verdict, str]:
    """What Amazon SES tells in JSON: the servers' own words where they stand in it, else the kind it gives."""
    if "bounceType" not in text:
        return Verdict(kind="not_bounce", reason="delivered"), ""
    who = re.search(r'emailAddress\\*":\s*\\*"([^"\\]+@[^"\\]+)', text)
    said = re.search(r'diagnosticCode\\*":\s*\\*"(.+?)\\*"\s*[,}]', text)
    recipient = who.group(1) if who else first_address(text)
    if said:
        return judge(said.group(1)), recipient
    if re.search(r'bounceType\\*":\s*\\*"Permanent', text):
        return Verdict(kind="hard", reason="permanent, says Amazon SES"), recipient
    return Verdict(kind="soft", reason="not permanent, says Amazon SES"), recipient


def _full(about: str, told: str, groups: list[dict[str, str]]) -> str:
    """The words about a recipient; where there are none but one recipient, all that the report says."""
    bare = re.sub(r"[\W\d_]+", "", about)
    return told if len(bare) < 4 and len(groups) == 1 else about


def _lines_about(told: str, who: str) -> str:
    """Of a report's text, the paragraph that names the recipient, or that says why it was refused."""
    paragraphs = re.split(r"\n\s*\n", told)
    named = [_own_lines(p, who) for p in paragraphs if who and who.lower() in p.lower()]
    reasons = [p for p in paragraphs if re.search(r"(?i)automatically rejected", p)]
    return " ".join(dict.fromkeys([*named, *reasons]))[:3_000]


def _own_lines(paragraph: str, who: str) -> str:
    """Of a paragraph, the lines from the one that names the recipient to the one that names another."""
    taken, ours = [], False
    for line in paragraph.splitlines():
        named = re.match(r"\s*<?([\w.+=/-]+@[\w.-]+)>?\s*[:;]", line)
        ours = named.group(1).lower() == who.lower() if named else ours or who.lower() in line.lower()
        if ours:
            taken.append(line)
    return " ".join(taken)


def _status(value: str) -> str:
    found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})", value)
    return found.group(1) if found else ""


def _address(value: str) -> str:
    found = re.search(r"[^\s<>;,:\"]+@[^\s<>;,:\"]+", value.partition(";")[2] or value)
    return found.group(0) if found else ""
