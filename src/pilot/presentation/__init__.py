"""Tables, figures and sentences in Dutch and English, and the pages they stand on.

Pieces for everybody are made of `Disclosed`, pieces for the team of a whole `Study`.
"""

from pilot.presentation.claims import claims_section
from pilot.presentation.events import events_section
from pilot.presentation.feasibility import feasibility_section
from pilot.presentation.figure_plan import plot_plan
from pilot.presentation.flow import flow_section
from pilot.presentation.lab import change_table, describe, plot_change
from pilot.presentation.limits import limits_section
from pilot.presentation.markup import Table
from pilot.presentation.method import Provenance, method_section
from pilot.presentation.outcomes import outcomes_section
from pilot.presentation.page import Failure, failure_page, index_page, page, team_page
from pilot.presentation.payer import payer_page
from pilot.presentation.piece import PIECE_MIME, Piece
from pilot.presentation.plan_table import plan_lines, plan_table
from pilot.presentation.plan_words import plan_assumptions, plan_sentences
from pilot.presentation.residents import residents_pages
from pilot.presentation.stories import stories_section
from pilot.presentation.team_change import team_alternatives, team_individual
from pilot.presentation.team_data import team_files, team_findings, team_flow, team_reliability
from pilot.presentation.team_events import team_events
from pilot.presentation.team_families import team_families
from pilot.presentation.team_feasibility import team_feasibility
from pilot.presentation.team_left import team_left
from pilot.presentation.team_plan import team_plan
from pilot.presentation.team_sites import team_sites
from pilot.presentation.team_stories import team_stories
from pilot.presentation.words import Words

__all__ = [
    "PIECE_MIME",
    "Failure",
    "Piece",
    "Provenance",
    "Table",
    "Words",
    "change_table",
    "claims_section",
    "describe",
    "events_section",
    "failure_page",
    "feasibility_section",
    "flow_section",
    "index_page",
    "limits_section",
    "method_section",
    "outcomes_section",
    "page",
    "payer_page",
    "plan_assumptions",
    "plan_lines",
    "plan_sentences",
    "plan_table",
    "plot_change",
    "plot_plan",
    "residents_pages",
    "stories_section",
    "team_alternatives",
    "team_events",
    "team_families",
    "team_feasibility",
    "team_files",
    "team_findings",
    "team_flow",
    "team_individual",
    "team_left",
    "team_page",
    "team_plan",
    "team_reliability",
    "team_sites",
    "team_stories",
]
