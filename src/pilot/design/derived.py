"""Forms made from a form: the same items and scoring under names of their own."""

from __future__ import annotations

from pilot.design.instrument import Instrument
from pilot.design.text import Text


def derived_form(form: Instrument, ending: str, added: Text) -> Instrument:
    """Return a form of its own, derived from another one.

    Parameters
    ----------
    form : Instrument
        The form as printed.
    ending : str
        What is put behind its key: ``<key>-<ending>``.
    added : Text
        What is put behind its labels, after a comma.

    Returns
    -------
    Instrument
        With items ``<stem>_<ending>_<number>`` and scores ``<stem>_<ending>_<scale>``.

    Examples
    --------
    >>> from pilot.design import load_instrument
    >>> made = derived_form(load_instrument("gse-10"), "coach", Text(nl="coach", en="coach"))
    >>> made.key, list(made.items)[0], made.label.en
    ('gse-10-coach', 'gse_10_coach_01', 'self-efficacy, coach')
    """
    name = {item: f"{form.stem}_{ending}_{item.rsplit('_', 1)[1]}" for item in form.items}
    scales = [
        scale.model_copy(
            update={
                "label": _longer(scale.label, added),
                "items": [name[item] for item in scale.items],
                "reverse": [name[item] for item in scale.reverse],
                "counted": {name[item]: counted for item, counted in scale.counted.items()},
            }
        )
        for scale in form.scales
    ]
    return form.model_copy(
        update={
            "key": f"{form.key}-{ending}",
            "label": _longer(form.label, added),
            "items": {name[item]: each for item, each in form.items.items()},
            "scales": scales,
        }
    )


def _longer(label: Text, added: Text) -> Text:
    return Text(nl=f"{label.nl}, {added.nl}", en=f"{label.en}, {added.en}")
