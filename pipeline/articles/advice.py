"""The least that words need to be advice: what looks like a part of the page stays where it could be some."""

from __future__ import annotations

import re

ADVICE = re.compile(
    r"\d\s?(?:mg|mcg|µg|ug|g|ml|units?|iu)\b|\brecommend|\bcontraindicat|\bfirst[- ]line|\bavoid\b|\bdosing\b",
    re.IGNORECASE,
)
