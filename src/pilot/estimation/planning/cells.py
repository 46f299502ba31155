"""Families that look alike, as the mixed model sees them: how many, their mean, their spread.

A family with m members who came to the first w waves enters the likelihood by the mean of
its members at each wave, with one covariance matrix, and by its members' deviations from
that mean, with another; the two are independent. Families of the same m and w therefore
enter by their number, mean and cross-products alone, and so do thousands of pilots at once:
the last axis of every array runs over pilots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pilot.estimation.planning.people import Codes, Floats, Pilots


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One kind of vectors of w waves, over B pilots.

    Attributes
    ----------
    shapes : array, shape (K, w, w)
        What each variance adds to their covariance.
    counts : array, shape (B,)
    means : array, shape (w, B), or None
        None for deviations, whose mean is zero and which no fixed effect touches.
    products : array, shape (w, w, B)
        Sums of products about the mean.
    """

    shapes: Floats
    counts: Floats
    means: Floats | None
    products: Floats

    def of(self, pilots: Codes) -> Cell:
        """Return the cell of some of the pilots."""
        means = None if self.means is None else self.means[:, pilots]
        return Cell(self.shapes, self.counts[pilots], means, self.products[..., pilots])


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The primary model of a design: what its variances add up to.

    Two waves: ``(1|family)``, with several members ``(1|family) + (1|family:wave) +
    (1|participant)``; from three waves ``(1 + months|family)`` in place of the intercept.

    Attributes
    ----------
    time : array, shape (W,)
        From 0 to 1, or None with two waves.
    people : bool
        Whether members of a family stand apart; else they were averaged.
    waves : int
    """

    time: Floats | None
    people: bool
    waves: int

    @property
    def squares(self) -> Floats:
        """Return C, shape (K, K, K): variance k is h' C_k h for free numbers h.

        A variance is a square; an intercept and its slope have the covariance matrix of a
        Cholesky factor. So no h stands for impossible variances.
        """
        slopes = self.time is not None
        count = (3 if slopes else 1) + (2 if self.people else 0) + 1
        forms = np.zeros((count, count, count))
        for k in range(count):
            forms[k, k, k] = 1.0
        if slopes:
            forms[1] = 0.0
            forms[1, 0, 1] = forms[1, 1, 0] = 0.5
            forms[2, 1, 1] = 1.0
        return forms

    def mean_shapes(self, waves: int, members: int) -> Floats:
        """Return what each variance adds to the covariance of a family's means."""
        ones, own = np.ones((waves, waves)), np.eye(waves)
        shapes = [ones]
        if self.time is not None:
            time = self.time[:waves]
            shapes += [time[:, None] + time, np.outer(time, time)]
        if self.people:
            shapes += [own, ones / members]
        return np.array([*shapes, own / members])

    def deviation_shapes(self, waves: int) -> Floats:
        """Return what each variance adds to the covariance of members' deviations."""
        shapes = np.zeros((len(self.squares), waves, waves))
        shapes[-2], shapes[-1] = np.ones((waves, waves)), np.eye(waves)
        return shapes


def model_of(months: tuple[float, ...], *, people: bool) -> Model:
    """Return the model of waves at these months."""
    time = None
    if len(months) > 2:
        time = (np.asarray(months) - months[0]) / (months[-1] - months[0])
    return Model(time, people, len(months))


def cells_of(pilots: Pilots, model: Model, unit: float = 1.0) -> list[Cell]:
    """Return the cells of pilots, scores divided by `unit`."""
    found: list[Cell] = []
    for size in np.unique(pilots.members):
        alike = pilots.members == size
        scores = pilots.scores[:, alike, :size] / unit
        means = scores.mean(axis=2)
        within = (scores - means[:, :, None]) if model.people and size > 1 else None
        last = pilots.last[:, alike]
        for waves in range(1, model.waves + 1):
            there = (last == waves - 1).astype(float)
            if there.any():
                found += _cells(model, there, means[..., :waves], within, int(size))
    return found


def _cells(
    model: Model, there: Floats, means: Floats, within: Floats | None, size: int
) -> Iterator[Cell]:
    waves = means.shape[-1]
    counts = there.sum(axis=1)
    middle = np.einsum("bf,bfi->ib", there, means) / np.maximum(counts, 1.0)
    away = (means - middle.T[:, None]) * there[..., None]
    members = size if model.people else 1
    products = np.matmul(away.transpose(0, 2, 1), away).transpose(1, 2, 0)
    yield Cell(
        model.mean_shapes(waves, members), counts, middle, np.ascontiguousarray(products)
    )
    if within is not None:
        own = (within[..., :waves] * there[:, :, None, None]).reshape(len(there), -1, waves)
        apart = np.matmul(own.transpose(0, 2, 1), own).transpose(1, 2, 0)
        shapes = model.deviation_shapes(waves)
        yield Cell(shapes, counts * (size - 1), None, np.ascontiguousarray(apart))
