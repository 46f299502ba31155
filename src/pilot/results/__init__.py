"""What rooms hand on that is not a table: small frozen dataclasses."""

from pilot.results.agreement import Agreement, SideBySide
from pilot.results.beside import Beside
from pilot.results.claims import ClaimStanding
from pilot.results.counts import PublicCount
from pilot.results.disclosed import Disclosed, PublicEstimate
from pilot.results.estimate import Estimate, IndividualChange, Standardised, Standing, Trouble
from pilot.results.happened import Happened, PublicHappened
from pilot.results.plan import Deviation, PlanStanding
from pilot.results.prospect import Assumptions, Prospect
from pilot.results.published import Published, Shown
from pilot.results.stories import PublicStory
from pilot.results.study import Study

__all__ = [
    "Agreement",
    "Assumptions",
    "Beside",
    "ClaimStanding",
    "Deviation",
    "Disclosed",
    "Estimate",
    "Happened",
    "IndividualChange",
    "PlanStanding",
    "Prospect",
    "PublicCount",
    "PublicEstimate",
    "PublicHappened",
    "PublicStory",
    "Published",
    "Shown",
    "SideBySide",
    "Standardised",
    "Standing",
    "Study",
    "Trouble",
]
