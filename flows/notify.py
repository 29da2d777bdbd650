"""Tells the operator what a run did: a webhook, a command, or both, with the run's summary as JSON."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import httpx

from pipeline.model.addresses import without_secrets
from pipeline.sources import Config

SECONDS = 30.0


def is_news(summary: dict[str, Any]) -> bool:
    """Whether there is something to tell: a run that found nothing new is not.

    >>> is_news({"status": "done", "added": 0, "changed": 1})
    True
    >>> is_news({"status": "done", "added": 0, "set_aside": 4, "newly_set_aside": 0})
    False
    """
    counts = ("added", "changed", "removed", "newly_set_aside", "gone")
    return summary["status"] != "done" or any(summary.get(name) for name in counts)


def _host(config: Config) -> str:
    """Where the notification goes; what follows the host lets whoever knows it write there, with many services."""
    try:
        parts = httpx.URL(config.notify_url or "")
    except httpx.InvalidURL:
        return "the address in notify_url"
    return f"{parts.scheme}://{parts.netloc.decode()}/…"


def notify(config: Config, summary: dict[str, Any]) -> list[str]:
    """Send `summary` where the configuration says; gives what went wrong, one sentence each. Raises nothing."""
    if not is_news(summary):
        return []
    body = json.dumps(summary, ensure_ascii=False, default=str).encode("utf-8")
    problems = []
    if config.notify_url:
        try:
            answer = httpx.post(
                config.notify_url, content=body, headers={"Content-Type": "application/json"}, timeout=SECONDS
            )
            if answer.status_code >= 400:
                problems.append(f"the notification was refused: {_host(config)} answers {answer.status_code}")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problems.append(
                without_secrets(f"the notification could not be sent to {_host(config)}: {error}")
            )
    if config.notify_command:
        try:
            done = subprocess.run(
                list(config.notify_command), input=body, capture_output=True, timeout=SECONDS, check=False
            )
            if done.returncode:
                problems.append(
                    f"the notification command {config.notify_command[0]} ended with {done.returncode}"
                )
        except (OSError, subprocess.TimeoutExpired) as error:
            problems.append(f"the notification command {config.notify_command[0]} could not be run: {error}")
    return problems
