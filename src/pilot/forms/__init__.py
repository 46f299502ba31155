"""Forms: a workbook to type in answers from paper and phone, that intake reads back."""

from pilot.forms.book import Form, form_workbook
from pilot.forms.people import Person, nowhere_at, people_at

__all__ = ["Form", "Person", "form_workbook", "nowhere_at", "people_at"]
