"""What the programs of language models put into plain text: sources in brackets of their own, escaped signs, formulas, quoting."""

from __future__ import annotations

import re

_SOURCE = re.compile(r"[ ]?【(?:(\d{1,3})(?:[†:][^【】\n]{0,120})?|[^【】\n]{0,120})】")
_HIDDEN = re.compile("[ ]?\ue200[^\ue200\ue201\n]{0,300}\ue201|[\ue200-\ue206]")
_REFS = re.compile(
    r"[(\[](?:refs?\.?|references?)\s(\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})[)\]]", re.IGNORECASE
)
_LINKED = re.compile(
    r"\[{1,2}(\d{1,3}(?:[,–-] ?\d{1,3}){0,20})\]{1,2}\(https?://[^()\s]{1,500}(?:\s+\"[^\"\n]{0,200}\")?\)"
)
_ESCAPED = re.compile(r"\\([\[\]()<>~!{}&%])|(?<=[^\s])\\([-+.#])")
_QUOTE = re.compile(r"^[ ]{0,3}>(?:[ ]?>){0,5}[ ]?", re.MULTILINE)
_FORMULA = re.compile(r"\$(?=[^$\n]{0,200}[\\^])([^$\n]{1,200})\$|\\\(([^\n]{1,200}?)\\\)")
_NAMED = re.compile(
    r"\\(?:(geq?|leq?|pm|times|cdot|approx|sim|mu|alpha|beta|gamma|rightarrow|to)(?![a-z])|([%,; ]))"
)
_WORDS = re.compile(r"\\(?:text|mathrm|textbf|mathbf)\{([^{}]{0,100})\}")
_POWER = re.compile(r"\^\{?([23])\}?")
_SIGNS = {
    "ge": "≥", "geq": "≥", "le": "≤", "leq": "≤", "pm": "±", "times": "×", "cdot": "·", "approx": "≈", "sim": "~", "mu": "µ",
    "alpha": "α", "beta": "β", "gamma": "γ", "rightarrow": "→", "to": "→", "%": "%", ",": " ", ";": " ", " ": " ",
}  # fmt: skip
LEAST = 3  # quoted lines, and more than half of all, where a text is quoted


def plain_marks(text: str) -> str:
    """The text with such marks as everybody writes them.

    >>> plain_marks("tolerated【4†source】 or [[2]](https://a.example/b) if BMI $\\\\geq 30$ kg/$\\\\text{m}^2$, \\\\~5 mg (refs 1, 2)")
    'tolerated [4] or [2] if BMI ≥ 30 kg/m², ~5 mg [1, 2]'
    """
    # one sign is looked for much faster than two
    if "【" in text:
        text = _SOURCE.sub(lambda m: f" [{m[1]}]" if m[1] else "", text)
    if "\ue201" in text:
        text = _HIDDEN.sub("", text)
    if "]" in text and "](" in text:
        text = _LINKED.sub(r"[\1]", text)
    if "(ref" in text or "(Ref" in text:
        text = _REFS.sub(r"[\1]", text)
    if "\\" in text or ("$" in text and "^" in text):
        text = _FORMULA.sub(lambda m: _formula(m[1] or m[2]), text)
        text = _ESCAPED.sub(lambda m: m[1] or m[2], text)
    quoted = text.count("\n>") if ">" in text else 0
    return _QUOTE.sub("", text) if quoted >= LEAST and 2 * quoted > text.count("\n") else text


def _formula(words: str) -> str:
    """What a formula says.

    >>> _formula("30\\\\ \\\\text{mL/min/1.73 m}^{2}")
    '30 mL/min/1.73 m²'
    """
    words = _WORDS.sub(r"\1", words)
    words = _POWER.sub(lambda m: "²³"[int(m[1]) - 2], words)
    return " ".join(_NAMED.sub(lambda m: _SIGNS[m[1] or m[2]], words).split())
