"""Prefect flows: what runs when, in which batches, with which retries."""

import pipeline  # noqa: F401 (before Arrow, for whose memory it decides)
