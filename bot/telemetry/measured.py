"""What is counted and timed while the app works, for whoever runs it.

Never whose it is: no label names a workspace, a channel or a person, or holds what somebody else may choose.
"""

from __future__ import annotations

from prometheus_client import Counter, Histogram

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Seconds; after three Slack has given up."""

ACKNOWLEDGED = Histogram(
    "tune_or_prompt_ack_seconds", "From a delivery of Slack's to our answer.", ["status"], buckets=QUICK
)
CALLED = Counter("tune_or_prompt_slack_calls", "Calls of Slack's Web API.", ["method", "outcome"])
WAITED = Counter(
    "tune_or_prompt_slack_waits", "How often something has to wait for Slack, and why.", ["because"]
)
READ = Counter("tune_or_prompt_readings", "Typed replies, and what came of reading them.", ["outcome"])
ADVISED = Histogram("tune_or_prompt_advice_seconds", "How long an advice takes to work out.", buckets=QUICK)
