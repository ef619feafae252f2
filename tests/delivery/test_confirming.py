"""Evidence about messages is read from Postfix's log as it writes it."""

from __future__ import annotations

from clusterreport.delivery.confirming import Evidence, in_postfix_log

LOG = """\
Nov  2 08:00:01 mail postfix/smtpd[71]: 98ED326A07B: client=localhost[127.0.0.1], sasl_username=briefing
Nov  2 08:00:01 mail postfix/cleanup[72]: 98ED326A07B: message-id=<one@example.gov.cn>
2026-11-02T08:00:02.117+08:00 mail postfix/cleanup[72]: 4XyZ12: message-id=<two@example.gov.cn>
Nov  2 08:00:02 mail postfix/cleanup[72]: A1: message-id=<three@example.gov.cn>
Nov  2 08:00:02 mail postfix/cleanup[72]: B2: message-id=<strange@example.gov.cn>
Nov  2 08:00:03 mail postfix/lmtp[73]: 98ED326A07B: to=<zhang@example.gov.cn>, relay=mx, status=sent (250 2.0.0 Saved)
Nov  2 08:00:03 mail postfix/bulk/smtp[74]: 4XyZ12: to=<li@example.com>, relay=none, status=deferred (refused)
Nov  2 08:05:03 mail postfix/smtp[74]: 4XyZ12: to=<li@example.com>, relay=mx:25, status=bounced (550 no such user)
Nov  2 08:00:03 mail postfix/smtp[74]: A1: to=<wang@example.com>, relay=none, dsn=4.4.1, status=deferred (timed out)
Nov  2 08:00:03 mail postfix/smtp[74]: B2: to=<x@example.com>, relay=mx, dsn=2.0.0, status=sent (250 ok)
"""
IDS = tuple(f"{name}@example.gov.cn" for name in ("one", "two", "three", "four"))
WANTED = dict(zip(IDS, ("zhang@example.gov.cn", "Li@example.com", "wang@example.com", "x@example.com"), strict=True))


def test_the_last_word_of_the_log_on_each_message_counts() -> None:
    found = {evidence.message_id: evidence for evidence in in_postfix_log(LOG.splitlines(), WANTED)}
    assert {name: evidence.verdict for name, evidence in found.items()} == {
        IDS[0]: "arrived", IDS[1]: "bounced", IDS[2]: "waiting",
    }  # fmt: skip
    assert found[IDS[0]] == Evidence(IDS[0], "arrived", "Postfix, queue 98ED326A07B: sent (250 2.0.0 Saved)")


def test_messages_of_others_are_left_alone() -> None:
    assert list(in_postfix_log(LOG.splitlines(), {})) == []


def test_a_copy_that_somebody_else_got_is_no_evidence() -> None:
    copied = """\
Nov  2 08:00:04 mail postfix/smtp[74]: 98ED326A07B: to=<zhang@example.gov.cn>, relay=mx, status=bounced (550 no)
Nov  2 08:00:05 mail postfix/local[75]: 98ED326A07B: to=<archive@example.gov.cn>, relay=local, status=sent (delivered)
"""
    (evidence,) = in_postfix_log((LOG + copied).splitlines(), {IDS[0]: WANTED[IDS[0]]})
    assert evidence.verdict == "bounced"


def test_whom_an_alias_stands_for_is_known() -> None:
    line = "mail postfix/local[75]: 98ED326A07B: to=<z@inner>, orig_to=<zhang@example.gov.cn>, status=sent (delivered)"
    (evidence,) = in_postfix_log([*LOG.splitlines(), line], {IDS[0]: WANTED[IDS[0]]})
    assert evidence.words.endswith("sent (delivered)")
