"""Claims and decisions in the formats of other tools: JSONL, CSV, brat standoff, W3C Web Annotation.

Every format is read back without loss: what an annotator changed outside comes back as a correction.
Pure: text in, text out; the caller reads and writes files.
"""

from pipeline.exchange.brat import from_brat, to_brat
from pipeline.exchange.corrections import corrections_between
from pipeline.exchange.errors import ExchangeError
from pipeline.exchange.naming import Named, NamedOf, coded, named_by, with_codes
from pipeline.exchange.plain import from_csv, from_jsonl, to_csv, to_jsonl
from pipeline.exchange.web_annotation import from_web_annotations, to_web_annotations

__all__ = [
    "ExchangeError",
    "Named",
    "NamedOf",
    "coded",
    "corrections_between",
    "from_brat",
    "from_csv",
    "from_jsonl",
    "from_web_annotations",
    "named_by",
    "to_brat",
    "to_csv",
    "to_jsonl",
    "to_web_annotations",
    "with_codes",
]
