"""The fault matrix as a list: what breaks, in the words of docs/reliability.md, and on which stores it is tried."""

from __future__ import annotations

from typing import Final

BOTH: Final = ("SQLite", "PostgreSQL")
SQLITE, POSTGRESQL = BOTH

CASES: Final = {
    "kill-plan": ("排期时 `kill -9`（提交前、提交后）", BOTH),
    "kill-build": ("登记生成结果时 `kill -9`（提交前、提交后）", BOTH),
    "kill-approve": ("批准时 `kill -9`（提交前、提交后）", BOTH),
    "kill-before-marker": ("发送时 `kill -9`：领取、连接、收件人、正文、标记提交之前，以及结果入库之后", BOTH),
    "kill-after-marker": ("发送时 `kill -9`：标记提交之后，结果入库之前（四个位置）", BOTH),
    "storm": ("随机 `kill -9`：240 份，三个发送进程反复被杀", BOTH),
    "stop-before-marker": ("标记之前 `SIGSTOP` 超过租期，再恢复", BOTH),
    "stop-after-marker": ("标记之后 `SIGSTOP` 超过租期，再恢复", BOTH),
    "two-asleep": ("两个发送进程先后睡过租期，醒来抢发", BOTH),
    "five-senders": ("五个发送进程同时发 100 份", BOTH),
    "six-planners": ("六个排期进程同时排六期", BOTH),
    "cut-before-body": ("服务器在正文之前断线", BOTH),
    "cut-before-storing": ("服务器收完、存下之前断线", BOTH),
    "cut-after-storing": ("服务器存下之后、答复之前断线", BOTH),
    "4xx": ("连续五次 4xx，之后正常", BOTH),
    "4xx-forever": ("一直 4xx", BOTH),
    "greylisting": ("灰名单：前三次 450", BOTH),
    "5xx": ("收件人被拒（550）", BOTH),
    "slow": ("答复慢，但在时限之内", BOTH),
    "too-slow": ("存下了，答复超过时限", BOTH),
    "certificate-expired": ("证书过期，后来换好", BOTH),
    "certificate-self-signed": ("证书自签，后来换好", BOTH),
    "certificate-other-name": ("证书是别的主机的，后来换好", BOTH),
    "starttls-stripped": ("STARTTLS 被去掉，后来恢复", BOTH),
    "disk-full-before-marker": ("标记之前磁盘写满", BOTH),
    "disk-full-after-marker": ("标记之后磁盘写满（两个位置）", BOTH),
    "database-killed-before-marker": ("标记之前数据库服务器被杀", (POSTGRESQL,)),
    "database-killed-after-marker": ("标记之后数据库服务器被杀", (POSTGRESQL,)),
    "clock-a-day-wrong": ("发送进程的时钟差一天（慢、快），其间两次 `kill -9`", BOTH),
    "clock-jumps": ("发送途中时钟跳快一天", BOTH),
}
