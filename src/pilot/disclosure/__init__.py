"""What may be shown to whom: a study in, only what everybody may know out."""

from pilot.disclosure.disclose import disclose
from pilot.disclosure.ledger import Ledger, open_ledger
from pilot.disclosure.publication import publication, without_gone

__all__ = ["Ledger", "disclose", "open_ledger", "publication", "without_gone"]
