"""Linear mixed models with degrees of freedom that hold at 4 to 16 families."""

from pilot.estimation.mixed.fit import Contrast, MixedFit
from pilot.estimation.mixed.model import mixed_model

__all__ = ["Contrast", "MixedFit", "mixed_model"]
