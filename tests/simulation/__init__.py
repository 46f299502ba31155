"""The five simulated trajectories: people, what they answer, what goes wrong with the exports.

``python -m tests.simulation`` writes ``data/raw/demo`` and, beside the tests, the truth.
"""
