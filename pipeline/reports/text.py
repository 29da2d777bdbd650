"""Changes as plain text and as Markdown, for `evidence diff` and for reading without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from pipeline.changes import ChangeGroup, group_like, word_diff
from pipeline.model.change import Change
from pipeline.reports.labels import CAUSE, FIELD, IMPORTANCE, WITHOUT_MEANING, counted, say_value

_SPECIAL = re.compile(r"([\\`*_{}\[\]#!|~])")
_AT_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-=+])(?=\s|\3|$)")


def escape_markdown(text: str) -> str:
    """`text` as it stands: no mark of Markdown and no HTML in it takes effect; line breaks become spaces.

    >>> escape_markdown("<b>*5 mg*</b> [x](javascript:1)")
    '&lt;b&gt;\\\\*5 mg\\\\*&lt;/b&gt; \\\\[x\\\\]\\\\(javascript:1)'
    >>> escape_markdown("0.5 mg"), escape_markdown("1. Start with 0.5 mg")
    ('0.5 mg', '1\\\\. Start with 0.5 mg')
    """
    one_line = " ".join(text.split())
    safe = one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _SPECIAL.sub(r"\\\1", safe).replace("](", "]\\(")
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", safe)


def render_changes_text(changes: Iterable[Change], *, noise: bool = False) -> str:
    """The changes for a terminal, the weightiest first, like ones together; noise counted, or shown with `noise`.

    Control characters of articles are dropped, so that no text steers the terminal.
    """
    listed = list(changes)
    groups = [g for g in group_like(listed) if g.first.meaning or noise]
    lines: list[str] = []
    for heading, members in groupby(groups, key=lambda g: IMPORTANCE[g.first.importance]):
        same = list(members)
        lines += [f"{heading} ({sum(len(g.changes) for g in same)})", ""]
        for group in same:
            lines += [f"  {line}" if line else "" for line in _text_lines(group)] + [""]
    if not any(c.meaning for c in listed):
        lines += ["Nothing changed in meaning.", ""]
    quiet = sum(1 for c in listed if not c.meaning)
    if quiet and not noise:
        lines.append(f"Held back: {counted(quiet, 'change')} of wording, place or citations only.")
    return "\n".join("".join(c for c in line if c.isprintable()) for line in lines).rstrip("\n") + "\n"


def _title(group: ChangeGroup) -> str:
    diseases = sorted({c.disease for c in group.changes})
    return f"{', '.join(group.drugs)} in {', '.join(diseases)}"


def _fields(change: Change) -> list[tuple[str, str, str]]:
    kept = [f for f in change.fields if f.field not in WITHOUT_MEANING or not change.meaning]
    return [
        (FIELD.get(f.field, f.field), say_value(f.old), say_value(f.new)) for f in kept if f.field != "quote"
    ]


def _text_lines(group: ChangeGroup) -> list[str]:
    first = group.first
    lines = [_title(group)]
    if group.reason:
        lines.append(f"  ({group.reason})")
    if first.cause != "article":
        lines.append(f"  ({CAUSE[first.cause]})")
    if first.told_by_fields:
        lines += [f"  {label}: {old} -> {new}" for label, old, new in _fields(first)]
    old, new = first.old_quote, first.new_quote
    if old is not None and new is not None and old != new:
        lines += [f"  - {_marked(old, new, of_new=False)}", f"  + {_marked(old, new, of_new=True)}"]
    else:
        sign = {"added": "+", "removed": "-"}.get(first.kind, "=")
        lines.append(f"  {sign} {' '.join((new if new is not None else old or '').split())}")
    return lines


def _marked(old: str, new: str, *, of_new: bool) -> str:
    """A quote with the words that differ in brackets."""
    out = []
    for segment in word_diff(" ".join(old.split()), " ".join(new.split())):
        words = segment.new if of_new else segment.old
        if segment.op == "same" or not words.strip():
            out.append(words)
        else:
            inner = words.strip()
            out.append(words.replace(inner, f"{{+{inner}+}}" if of_new else f"[-{inner}-]", 1))
    return "".join(out)


def render_changes_markdown(changes: Iterable[Change], *, noise: bool = False, level: int = 2) -> str:
    """The changes as Markdown, headings from `level`; article text shows as text."""
    listed = list(changes)
    groups = [g for g in group_like(listed) if g.first.meaning or noise]
    lines: list[str] = []
    for heading, members in groupby(groups, key=lambda g: IMPORTANCE[g.first.importance]):
        same = list(members)
        lines += [f"{'#' * level} {heading} ({sum(len(g.changes) for g in same)})", ""]
        for group in same:
            lines += [*_markdown_lines(group), ""]
    if not any(c.meaning for c in listed):
        lines += ["Nothing changed in meaning.", ""]
    quiet = sum(1 for c in listed if not c.meaning)
    if quiet and not noise:
        lines += [f"Held back: {counted(quiet, 'change')} of wording, place or citations only.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown_lines(group: ChangeGroup) -> list[str]:
    first = group.first
    note = f" ({group.reason})" if group.reason else ""
    cause = f" ({CAUSE[first.cause]})" if first.cause != "article" else ""
    if group.reason.startswith("our reading"):
        cause = ""  # told already
    lines = [f"- **{escape_markdown(_title(group))}**{note}{cause}"]
    if first.told_by_fields:
        lines += [
            f"  - {label}: {escape_markdown(old)} → **{escape_markdown(new)}**"
            for label, old, new in _fields(first)
        ]
    where = escape_markdown(" › ".join((first.article_id, *first.section)))
    old, new = first.old_quote, first.new_quote
    if old is not None and new is not None and old != new:
        lines += [f"  - before: “{escape_markdown(old)}”", f"  - now: “{escape_markdown(new)}” ({where})"]
    else:
        lines.append(f"  - “{escape_markdown(new if new is not None else old or '')}” ({where})")
    return lines
