"""Words by which a statement that names no drug tells, before it is parsed, that it goes on about one."""

from __future__ import annotations

import re

ANAPHORA = re.compile(
    r"^\W*(?:this|these|it|they|both|such|the (?:dose|drug|usual|typical|recommended|starting|initial|standard|treatment|course|duration|combination))\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"^\W*(?:(?:(?:because|since|as|although)\s[^,;:.]{3,80},\s)?(?:it|they|this drug|this agent|these drugs|these agents)\b|"
    r"(?:for|in|if|when|with)\s[^,;:.]{3,60}?,?\s(?:it|they)\s(?:may|can|should|must)\s(?:also\s|only\s|not\s|still\s)?be\s"
    r"(?:used|given|considered|tried|added|avoided|started|stopped|continued|offered|preferred)\b|contraindicated\b|(?:avoid|discontinue|stop|withhold|hold) (?:in|if|with|when|during|before|for|at|once)\b|"
    r"not (?:recommended|indicated|for use)\b|(?:should|must) not\b|"
    r"(?:avoid|stop|discontinue|withhold|hold|use|give|take|continue|do not (?:use|give|combine|start|stop)|never (?:use|give|combine)):?\s"
    r"(?:it|them|both|either|this (?:drug|agent|combination|regimen)|the (?:drug|combination)|these (?:drugs|agents))\b)",
    re.IGNORECASE,
)
# "Recommended for refractory disease" below a heading that names a drug
SUBJECTLESS = re.compile(
    r"\W*(?:(?:strongly\s|conditionally\s|also\s|now\s|not\s|generally\s|usually\s)?(?:recommended|preferred|indicated|suggested|considered|reserved|"
    r"favou?red|used|advised|effective|useful|appropriate)\s(?:for|in|as|when|if|only|over|after|during|to)\b|"
    r"(?:the\s)?(?:first|second|third)[- ](?:line|choice)(?:\s(?:agent|drug|therapy|treatment|option))?\s(?:for|in|when|if|only|after)\b|(?:the\s|a\s)?(?:preferred|drug of choice|treatment of choice)\b|"
    r"(?:an\s)?(?:alternative|option)\s(?:for|to|in|when|if)\b|(?:may|can|should|must)\s(?:also\s)?be\b)",
    re.IGNORECASE,
)
# "Severe hepatic impairment: avoid": of the drug above
LABEL_AVOID = re.compile(
    r"[^:.;]{3,80}:\s*(?:avoid(?:\s(?:use|completely|if possible|entirely))?|contraindicated|not recommended|do not use|should be avoided|"
    r"(?:stop|discontinue|hold|withhold)(?:\s(?:the drug|it|treatment))?|use is contraindicated|no(?:t)? (?:use|indicated))(?:\W|\d)*$",
    re.IGNORECASE,
)
# anything that might be an amount, a time or a rhythm
DOSE_LIKE = re.compile(
    r"\d\s?(?:m?c?g|mg|µg|μg|IU|units?|m[lL]|mmol|mEq|%|puffs?|drops?|tablets?)\b|\bmonths?\b|\bdays?\b|\bweeks?\b|\bdaily\b"
)
# "This answer was revised in March. A was added, and the dose of B was changed.": what became of a page, and no advice
REVISES = re.compile(
    r"\W*(?:this|the)\s(?:answer|page|article|topic|review|summary|document|overview|version)\s(?:was|has been)\s(?:last\s|recently\s)?"
    r"(?:revised|updated|amended|changed|rewritten)\b",
    re.IGNORECASE,
)
REVISED = re.compile(
    r"\b(?:was|were|has been|have been)\s(?:added|removed|withdrawn|changed|strengthened|weakened|updated|revised|clarified|deleted|replaced|raised|lowered)\b",
    re.IGNORECASE,
)
# "Dosing of biologics:" tells what is listed below, and advises on nothing.
DOSES_OF = re.compile(
    r"\W*(?:usual |typical |standard )?(?:dos(?:es?|ing|age)|regimens?|duration|choice)\s(?:of|for)\s[^:.]*:$",
    re.IGNORECASE,
)
