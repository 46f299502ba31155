"""How often intervals hold the truth and tests reject it, by method and by design.

``python -m tests.validation`` (or ``make validate``) draws the data sets and writes
`docs/validation.md`, `docs/validation.csv` and the figures that the package carries.
"""
