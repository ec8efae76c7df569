"""What a mail server's words mean for an address: rules over its own text, each with the reason that is shown.

Only words that say that the address or its domain does not exist, or takes no mail at all, are hard. Everything that
speaks of the message, the sender, the box's fill or the moment is soft, whatever number stands before it: many servers
put 550 5.1.1 before a full box or a spam filter. "User unknown" alone is believed where the enhanced code says so too
(RFC 3463, 5.1.x), or where it answered RCPT; after DATA it is what content filters say.
"""

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

Kind = Literal["hard", "soft", "complaint", "not_bounce"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A kind, and the reason in words for the operator."""

    kind: Kind
    reason: str


_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.:/-])([45]\d\d)(?=[ -])")
_IRONPORT = re.compile(r"(?i)5\.1\.0 - unknown address error")
"""What IronPort puts before whatever was answered to RCPT."""
_OUTLOOK_UNKNOWN = re.compile(r"(?i)550 5\.4\.1 (?:\S+ ?(?:: )?)?recipient address rejected: access denied")
_SURE_CODES = {"5.1.1", "5.1.2", "5.1.6", "5.1.10", "5.1.351"}
"""They say by themselves that there is no such address …"""
_ADDRESS_CODES = _SURE_CODES | {"5.1.0", "5.1.3", "5.1.4", "5.1.20"}
"""… and these with words that do."""


def _load() -> dict[str, re.Pattern[str]]:
    """The sections of verdicts.txt, each as one expression."""
    sections: dict[str, list[str]] = {}
    for line in files("alerts").joinpath("verdicts.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            sections[next(reversed(sections))].append(f"(?:{line})")
    return {name: re.compile("|".join(lines), re.IGNORECASE) for name, lines in sections.items()}


_RULES = _load()
_SOFT = {name.removeprefix("soft: "): rule for name, rule in _RULES.items() if name.startswith("soft: ")}


def judge(text: str, status: str = "", *, delayed: bool = False) -> Verdict:
    """What `text`, a server's words about one recipient, says; `status` is its report's Status field."""
    text = " ".join(re.sub(r"https?://\S+", " ", text).split())
    text = _IRONPORT.sub("(in reply to RCPT TO)", text)
    codes = {".".join(code) for code in _CODE.findall(f"{text} {status}")}
    if delayed or _is_temporary(text, codes, status):
        return Verdict(kind="soft", reason="for the time being")
    if _OUTLOOK_UNKNOWN.search(text):
        return Verdict(kind="hard", reason="the address is unknown (Exchange Online's 5.4.1)")
    if _RULES["no mail"].search(text):
        return Verdict(kind="hard", reason="the domain takes no mail")
    words = _without_names(_RULES["stock"].sub(" ", text))
    if _RULES["certain"].search(words):
        return Verdict(kind="hard", reason="the address is unknown, said in so many words")
    for reason, pattern in _SOFT.items():
        if pattern.search(words):
            return Verdict(kind="soft", reason=reason)
    return _of_the_address(words, codes, status)


def _of_the_address(text: str, codes: set[str], status: str) -> Verdict:
    in_box = any(code.startswith("5.2.") for code in codes)
    if _RULES["moved"].search(text):
        return Verdict(kind="hard", reason="the address has moved")
    if _RULES["unknown host"].search(text) and not in_box:
        return Verdict(kind="hard", reason="the domain is unknown")
    if in_box and not codes & _SURE_CODES:
        return Verdict(kind="soft", reason="the box exists, but did not take it (5.2.x)")
    known = not (_RULES["unknown user"].search(text) and _RULES["at rcpt"].search(text))
    if known and any(code.startswith("5.7.") for code in codes):
        return Verdict(kind="soft", reason="a policy of theirs (5.7.x)")
    if _RULES["unknown user"].search(text):
        if codes & _ADDRESS_CODES:
            return Verdict(kind="hard", reason="the address is unknown, in words and code (5.1.x)")
        if _RULES["at rcpt"].search(text):
            return Verdict(kind="hard", reason="the address is unknown, said in reply to RCPT")
        return Verdict(kind="soft", reason="the address may be unknown: no code says so, nor when it was said")
    if codes & _SURE_CODES:
        return Verdict(kind="hard", reason=f"the code {min(codes & _SURE_CODES)}")
    return Verdict(kind="soft", reason=f"not said to be the address's fault ({status or 'no code'})")


def _is_temporary(text: str, codes: set[str], status: str) -> bool:
    """Whether the last word is a 4: the report's own status, or every number in the text."""
    if status:
        if status.startswith("4"):
            return True
        if status.startswith("5"):
            return False
    replies = set(_REPLY.findall(text)) | {code[0] for code in codes}
    return bool(replies) and all(number.startswith("4") for number in replies)


def _without_names(text: str) -> str:
    """The text without addresses and host names: a box may be called spam@, a host mail-filter.example."""
    text = re.sub(r"<?[\w.+=/-]+@[\w.-]+>?", " ", text)
    return re.sub(r"(?<![\w.])(?:[a-zA-Z][\w-]*\.){2,}[a-zA-Z]{2,}(?![\w.])", " ", text)
