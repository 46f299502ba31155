"""What rooms hand on that is not a table: small frozen dataclasses."""

from pilot.results.disclosed import Disclosed, PublicCount, PublicEstimate
from pilot.results.estimate import Estimate, IndividualChange, Standardised, Standing
from pilot.results.study import Study

__all__ = [
    "Disclosed",
    "Estimate",
    "IndividualChange",
    "PublicCount",
    "PublicEstimate",
    "Standardised",
    "Standing",
    "Study",
]
