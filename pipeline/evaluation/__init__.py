"""How well claims agree with expected rows and with editors' decisions: six levels, breakdowns, what a change gains and loses."""

from pipeline.evaluation.breakdown import FieldScore, by_group, by_row_field
from pipeline.evaluation.cases import Case, load_cases, parse_cases
from pipeline.evaluation.compare import Movement, compare_runs
from pipeline.evaluation.decisions import DecisionScores, RuleScore, score_decisions
from pipeline.evaluation.errors import CaseError
from pipeline.evaluation.levels import LEVELS
from pipeline.evaluation.score import Outcome, Score, score_all, score_level

__all__ = [
    "LEVELS",
    "Case",
    "CaseError",
    "DecisionScores",
    "FieldScore",
    "Movement",
    "Outcome",
    "RuleScore",
    "Score",
    "by_group",
    "by_row_field",
    "compare_runs",
    "load_cases",
    "parse_cases",
    "score_all",
    "score_decisions",
    "score_level",
]
