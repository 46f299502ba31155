"""How the cells of a form look: enough to find one's row, and readable in grey print."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

OPEN = Protection(locked=False)
TITLE = Font(name="Calibri", size=14, bold=True)
HEADING = Font(name="Calibri", size=12, bold=True)
TEXT = Font(name="Calibri", size=11)
BOLD = Font(name="Calibri", size=11, bold=True)
SMALL = Font(name="Calibri", size=8, color="595959")
UNSEEN = Font(name="Calibri", size=8, color="FFFFFF")

UPWARDS = Alignment(textRotation=90, horizontal="center", vertical="bottom", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center")
LEFT = Alignment(horizontal="left", vertical="center")
WRAPPED = Alignment(wrap_text=True, vertical="top")

LINE = Side(style="thin", color="A6A6A6")
THICK = Side(style="medium", color="404040")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FIRST_BOX = Border(left=THICK, right=LINE, top=LINE, bottom=LINE)

LOCKED_FILL = PatternFill("solid", fgColor="EDEDED")
BANDS = (PatternFill("solid", fgColor="DCE9F5"), PatternFill("solid", fgColor="F7EBD8"))
