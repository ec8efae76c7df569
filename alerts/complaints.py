"""Complaints: what a reader's mail provider writes when they call a mail unwanted."""

import re
from email.message import Message

from alerts.incoming import first_address, header
from alerts.statuses import NOTICE
from alerts.verdicts import Verdict


def complaint(message: Message, parts: list[tuple[str, str]], text: str) -> tuple[Verdict, str] | None:
    """That a message is a complaint, and about whose mail where it says so; `parts` are `incoming.parts`.

    Feedback reports (RFC 5965), and the forms of Hotmail, Amazon SES and X-ARF. None where it is none of them.
    """
    feedback = next((content for kind, content in parts if kind == "feedback"), None)
    if feedback is not None:
        sort = (re.search(r"(?im)^feedback-type:\s*([\w-]+)", feedback) or ["", "abuse"])[1]
        if sort.lower() == "not-spam":  # RFC 6430: it was found among the junk, and wanted
            return Verdict(kind="not_bounce", reason="a feedback report (not-spam)"), ""
        about = re.search(r"(?im)^(?:original-rcpt-to|removal-recipient):\s*<?([^\s<>;]+@[^\s<>;]+)", feedback)
        return Verdict(kind="complaint", reason=f"a feedback report ({sort.lower()})"), about.group(1) if about else ""
    if re.search(r"(?i)complaint about message from", header(message, "Subject")):
        whole = "\n".join(content for _, content in parts)
        about = re.search(r"(?im)^x-hmxmroriginalrecipient:\s*<?([^\s<>]+)", whole)
        return Verdict(kind="complaint", reason="a complaint in Hotmail's form"), about.group(1) if about else ""
    notice = NOTICE.search(text)
    if notice and notice.group(1) == "Complaint":
        return Verdict(kind="complaint", reason="a complaint in Amazon SES's form"), first_address(text)
    if message.get("X-XARF") or message.get("X-ARF"):
        whole = "\n".join(content for _, content in parts)
        sort = re.search(r'(?i)"?report-?(?:type|class)"?:\s*"?(spam|abuse|fraud)', whole)
        return (Verdict(kind="complaint", reason="a complaint in X-ARF's form"), "") if sort else None
    return None
