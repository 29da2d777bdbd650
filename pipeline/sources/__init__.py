"""Finds articles in folders, on the web and in remote stores, and keeps their bytes.

`load_config` reads `sources.toml`; `gather` walks every source and yields one `Outcome` per
article; `RawStore` keeps the bytes, immutable and addressed by their hash. Nothing here knows
what an article says.
"""

from pipeline.sources.config import Config, Source, load_config, rules_text, sources_from_arguments
from pipeline.sources.gather import gather, place_of
from pipeline.sources.outcome import Failed, Fetched, Gone, Outcome, Unchanged
from pipeline.sources.store import RawStore

__all__ = [
    "Config",
    "Failed",
    "Fetched",
    "Gone",
    "Outcome",
    "RawStore",
    "Source",
    "Unchanged",
    "gather",
    "load_config",
    "place_of",
    "rules_text",
    "sources_from_arguments",
]
