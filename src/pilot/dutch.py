"""Dutch for what the rooms say of a place in English: what was found, expected, and why.

Rules have their title and mend in both languages. What stands beside them quotes the export
and is put together in English, where it is seen; these patterns turn it into Dutch for who
reads `pilot check`, the team's page or the page of a run that failed. What no pattern knows
stays as it is.
"""

from __future__ import annotations

import re

DAY = r"\d{4}-\d\d-\d\d"
KEY = r"[\w-]+"
NEW_EXPORT = "exporteer de antwoorden opnieuw, als CSV, XLSX of SAV"

SEEN = (
    ("a school", "een school"),
    ("a country, a people or a language", "een land, een volk of een taal"),
    ("a faith", "een geloof"),
    ("the kind of family", "het soort gezin"),
    ("a street or a place", "een straat of een plaats"),
    ("an age, a year or an amount", "een leeftijd, een jaar of een bedrag"),
    ("an illness, or something of the law", "een ziekte, of iets met de wet"),
    ("a name, or another word with a capital", "een naam, of een woord met hoofdletter"),
    ("a site, an organisation or a number", "een locatie, een organisatie of een nummer"),
    (
        "an address, an e-mail address or a telephone number",
        "een adres, een e-mailadres of een telefoonnummer",
    ),
)
"""What the screen of quotes saw, one kind or several beside each other."""

PATTERNS: tuple[tuple[str, str], ...] = (
    *((rf"(^|; ){kind}(?=$|; )", rf"\1{dutch}") for kind, dutch in SEEN),
    # -- expected
    (rf"^({DAY}) to ({DAY})", r"\1 tot en met \2"),
    (r"^(\S+) to (\S+) months after the start", r"\1 tot \2 maanden na de start"),
    (r"^(-?\d+) to (-?\d+) for ", r"\1 tot en met \2 voor "),
    (r"^(-?\d+) to (-?\d+)(?=$|, )", r"\1 tot en met \2"),
    (r", or: ", ", of: "),
    (rf"; this date lies in ({KEY})", r"; deze datum valt in \1"),
    (rf"^after ({DAY}) at ", r"na \1 bij "),
    (r"^one of:? ", "een van: "),
    (r"^perhaps ", "misschien "),
    (r"^one form a person and wave$", "een formulier per persoon en meting"),
    (
        r"^one rating a person, wave and rater$",
        "een beoordeling per persoon, meting en beoordelaar",
    ),
    (r"^one row a person and period$", "een rij per persoon en periode"),
    (r"^different answers$", "verschillende antwoorden"),
    (r"^a number of the register$", "een nummer uit het register"),
    (r"^a participant's number$", "een deelnemersnummer"),
    (r"^a column that the design names$", "een kolom die het ontwerp noemt"),
    (
        r"^a column that a register has; it was not read$",
        "een kolom die een register heeft; deze is niet gelezen",
    ),
    (r"^a year such as ", "een jaar zoals "),
    (r"^a year of four digits$", "een jaar van vier cijfers"),
    (
        r"^how long this form took, such as (.+), at most a day$",
        r"hoe lang dit formulier duurde, zoals \1, hoogstens een dag",
    ),
    (r"^a year of birth, for (.+)$", r"een geboortejaar, voor \1"),
    (r"^once, as in ", "een keer, zoals in "),
    (r"^the person's own number: ", "het eigen nummer van de persoon: "),
    (r"^an adult's number: ", "het nummer van een volwassene: "),
    (r"^of another family: ", "van een ander gezin: "),
    (r"^empty at ", "leeg bij "),
    (r"^the number of a child of the family$", "het nummer van een kind van het gezin"),
    (
        r"^one spelling for one person, or two numbers that differ$",
        "een schrijfwijze voor een mens, of twee nummers die verschillen",
    ),
    (r"^only of ", "alleen van "),
    (rf"; this is a file of raters \(({KEY})\)$", r"; dit bestand is van beoordelaars (\1)"),
    (r"^(\d+) ratings, the same as in (?=\S)", r"\1 beoordelingen, dezelfde als in "),
    (r"^1 form$", "1 formulier"),
    (r"^(\d+) forms$", r"\1 formulieren"),
    (r"\(removed\)", "(weggehaald)"),
    (r", row (\d+)\)(?= \| |$)", r", rij \1)"),
    (r"^the day of leaving$", "de dag van vertrek"),
    (r"^(\d+) years$", r"\1 jaar"),
    (r"(^|^\d+ numbers, )such as ", r"\1zoals "),
    (r"^(\d+) numbers, ", r"\1 nummers, "),
    (r"^minutes of one day, such as ", "minuten van een dag, zoals "),
    (r"^a level from (-?\d+) to (-?\d+)$", r"een niveau van \1 tot en met \2"),
    (r"^a weight above 0, such as ", "een gewicht boven 0, zoals "),
    (
        r"^one rating a person, wave and rater$",
        "een beoordeling per persoon, meting en beoordelaar",
    ),
    (
        r"^a correlation above 0 once reversed items are turned$",
        "een samenhang boven 0, als omgekeerde vragen zijn gedraaid",
    ),
    (r"^read as (.+), whose columns it has$", r"gelezen als \1: die kolommen heeft het"),
    (r"^one person a number$", "een persoon per nummer"),
    (r"^one site a person and wave$", "een locatie per persoon en meting"),
    (r"^one row an event$", "een rij per gebeurtenis"),
    (r"^consent to use the answers$", "toestemming om de antwoorden te gebruiken"),
    (r"^consent, not withdrawn$", "toestemming die niet is ingetrokken"),
    (r"^consent given by 'self' at 16$", "toestemming van 'zelf' vanaf 16 jaar"),
    (rf"^from ({DAY}) on$", r"vanaf \1"),
    (rf"({KEY}) from ({DAY})(?=$|, )", r"\1 vanaf \2"),
    (rf"({KEY}) at first(?=$|, )", r"\1 in het begin"),
    (r"^(\d+) to (\d+) years$", r"\1 tot en met \2 jaar"),
    (rf"^([\w, -]+), for ({KEY})$", r"\1, voor \2"),
    (r"^columns such as ", "kolommen zoals "),
    (r" or a number$", " of een nummer"),
    (r"^a date such as ", "een datum zoals "),
    (r"^the register's own$", "dat van het register"),
    (r"^a domain, a role and a direction$", "een domein, een rol en een richting"),
    (r"^(\d+) or fewer$", r"\1 of minder"),
    (r"^until ", "tot "),
    (r"^answers at ", "antwoorden bij "),
    (r"^an export$", "een export"),
    (r"^(\d+) cells$", r"\1 cellen"),
    (rf", as at ({KEY})$", r", zoals bij \1"),
    (r"(^|, )row (\d+): the same$", r"\1rij \2: hetzelfde"),
    (rf"^what ({KEY}) asks now$", r"wat \1 nu vraagt"),
    (r"^typed: ", "getypt: "),
    (
        r"^typed answers; (\d+) rows hold a formula$",
        r"getypte antwoorden; in \1 rijen staat een formule",
    ),
    # -- found
    (r"^refused$", "geweigerd"),
    (r"^not asked$", "niet gevraagd"),
    (r"^no guardian$", "geen toestemming van een ouder of voogd"),
    (r"^stop and remove(?=, )", "stoppen en verwijderen"),
    (r"^stop(?=, )", "stoppen"),
    (r", no date$", ", geen datum"),
    *(
        (rf"^{stage}: (?={DAY}|no date)", f"{dutch}: ")
        for stage, dutch in (
            ("asked", "gevraagd"),
            ("matched", "gekoppeld"),
            ("fulfilled", "vervuld"),
            ("withdrawn", "ingetrokken"),
            ("reopened", "heropend"),
        )
    ),
    (rf", asked: (?={DAY}|never|no date)", ", gevraagd: "),
    (r"(?<=: )no date(?=$|, )", "geen datum"),
    (r"(?<=gevraagd: )never$", "nooit"),
    (rf" on ({DAY})(?=, )", r" op \1"),
    (r" at (\d+) years$", r" bij \1 jaar"),
    (r"\((\d+)x\)", r"(\1 keer)"),
    (r"^(\d+)x$", r"\1 keer"),
    (rf" at ({KEY})(?=$|, |:| \()", r" bij \1"),
    (r", also in ", ", ook in "),
    (r", row (\d+)", r", rij \1"),
    (r"^(\d+) rows$", r"\1 rijen"),
    (r"\((\d+) rows\)$", r"(\1 rijen)"),
    (r"^(\d+) rows of ", r"\1 rijen van "),
    (r": (\d+) answers, ", r": \1 antwoorden, "),
    (r": (\d+) times ", r": \1 keer "),
    (r": 0 is there, (\d+) never$", r": 0 komt voor, \1 nooit"),
    (r": (\d+) years in (\d{4})$", r": \1 jaar in \2"),
    (r" with the other items of (\S+) ", r" met de andere vragen van \1 "),
    (r", (\d+) forms\)$", r", \1 formulieren)"),
    (r" in the register$", " in het register"),
    # -- why a file cannot be read, and what to do
    (r"is empty", "is leeg"),
    (r"is a picture \((\w+)\), not an export", r"is een plaatje (\1), geen export"),
    (r"is a PDF, not an export", "is een PDF, geen export"),
    (r"is a text document \(RTF\), not an export", "is een tekstdocument (RTF), geen export"),
    (r"is a compressed file \(gzip\), not an export", "is een ingepakt bestand, geen export"),
    (
        r"is a web page, perhaps of a login that had run out, not an export",
        "is een webpagina, geen export; misschien was u niet meer ingelogd",
    ),
    (r"is only half a workbook", "is maar een half werkboek: het is niet heel opgeslagen"),
    (r"is a damaged workbook", "is een beschadigd werkboek"),
    (r"is a damaged SPSS file", "is een beschadigd SPSS-bestand"),
    (r"is protected with a password", "is beveiligd met een wachtwoord"),
    (r"is in the old Excel format \(XLS\)", "is een oud Excel-bestand (XLS)"),
    (r"is a spreadsheet pilot does not read", "is een rekenblad dat pilot niet leest"),
    (rf"^(\.\w+), a form of ({KEY})$", r"\1, een formulier van \2"),
    (r"has a name that no export has", "heet niet zoals een export"),
    (r"no suffix", "geen achtervoegsel"),
    (r"another program holds it open", "is open in een ander programma"),
    (r"cannot be opened: ", "kan niet worden geopend: "),
    (r"cannot be split into cells: ", "is niet in cellen te verdelen: "),
    (r"holds bytes that are no text", "bevat tekens die geen tekst zijn"),
    (r"holds no column names", "bevat geen kolomnamen"),
    (r"holds no export of ", "bevat geen export van "),
    (r"no export could be read", "geen enkele export is te lezen"),
    (r"is named (\S+), but holds ", r"heet \1, maar bevat "),
    (r", but is named (\S+)", r", maar heet \1"),
    (r"holds a workbook", "bevat een werkboek"),
    (r"holds SPSS data", "bevat SPSS-gegevens"),
    (r"bevat a workbook", "bevat een werkboek"),
    (r"bevat SPSS data", "bevat SPSS-gegevens"),
    (r"(holds|bevat) something else", "bevat iets anders"),
    (r"says it is (\S+), but byte (\d+) is not", r"zegt \1 te zijn, maar byte \2 is dat niet"),
    (
        r'a quotation mark \("\) is opened and never closed',
        'een aanhalingsteken (") gaat open en nooit dicht',
    ),
    (r"^export the answers again, as CSV.*$", NEW_EXPORT),
    (
        r"open it in Excel or LibreOffice, save it as XLSX, and use that file",
        "open het in Excel of LibreOffice, sla het op als XLSX en gebruik dat bestand",
    ),
    (
        r"open it in Excel, remove the password \(File, Info, Protect\), and save it",
        "open het in Excel, haal het wachtwoord weg (Bestand, Info, Beveiligen) en sla het op",
    ),
    (
        r"open it in Excel, save it again and copy the whole file",
        "open het in Excel, sla het opnieuw op en kopieer het hele bestand",
    ),
    (
        r"open it in SPSS, save it again and copy the whole file",
        "open het in SPSS, sla het opnieuw op en kopieer het hele bestand",
    ),
    (
        r"it was not saved whole, or renamed: save it again from the program it comes from",
        "het is niet heel opgeslagen, of hernoemd: sla het opnieuw op vanuit het programma "
        "waar het uit komt",
    ),
    (r"close it in Excel and try again", "sluit het in Excel en probeer het opnieuw"),
    (
        r"close it or take it out, and try again",
        "sluit het of haal het weg, en probeer opnieuw",
    ),
    (r"copy the file here again", "kopieer het bestand opnieuw hierheen"),
    (r"save it again, as CSV UTF-8", "sla het opnieuw op, als CSV UTF-8"),
    (r"^rename it to ", "noem het "),
    (
        r'look for a quotation mark \("\) that is opened and never closed',
        'zoek een aanhalingsteken (") dat open gaat en nooit dicht',
    ),
    (
        r"put the names of the columns there, or say with `header_row` where they stand",
        "zet de namen van de kolommen daar, of zeg met `header_row` waar ze staan",
    ),
    (
        r"put the exports there, named as the design says: ",
        "zet de exports daar, met de namen uit het ontwerp: ",
    ),
    # -- why a run failed, where, and what to do
    (r", cell (\d+)", r", cel \1"),
    (r", under '(.*)'$", r", onder '\1'"),
    (r"^the kernel of ", "het rekenproces van "),
    (r"^the kernel died$", "het rekenproces hield op"),
    (r"^an error that nobody foresaw: ", "een fout die niemand voorzag: "),
    (
        r"^showed nothing that may stand on a public page$",
        "liet niets zien dat op een openbare pagina mag staan",
    ),
    (
        r"^let a cell show each section, as the notebook in the package does$",
        "laat een cel elk deel tonen, zoals het notebook in het pakket doet",
    ),
    (
        r"^the exports changed while the report was being made$",
        "de exports veranderden terwijl het verslag werd gemaakt",
    ),
    (
        r"^wait until they are all there, then run again$",
        "wacht tot ze er alle zijn, en maak het verslag dan opnieuw",
    ),
    (
        r"^this is a fault in the program, not in the data: .*$",
        "dit is een fout in het programma, niet in de gegevens: geef deze tekst door aan wie "
        "ervoor zorgt",
    ),
    (
        r"^run it again with --debug and send what it prints to who looks after pilot$",
        "doe het opnieuw met --debug en stuur wat er dan staat naar wie voor pilot zorgt",
    ),
    (
        r"^run it again; if it happens again, close other programs and try once more$",
        "doe het opnieuw; gebeurt het weer, sluit dan andere programma's en probeer het nog "
        "eens",
    ),
    (
        r"^the system does not let this be written: it is open in another program, "
        r"or this user may not write there$",
        "het systeem laat dit niet schrijven: het is open in een ander programma, of deze "
        "gebruiker mag daar niet schrijven",
    ),
    (
        r"^close it \(a browser tab, Excel\) and try again, or move the reports with "
        r"PILOT_REPORTS and the data with PILOT_DATA$",
        "sluit het (een tabblad, Excel) en probeer het opnieuw, of verplaats de verslagen met "
        "PILOT_REPORTS en de gegevens met PILOT_DATA",
    ),
    (r"^mend that and try again$", "herstel dat en probeer het opnieuw"),
    (
        rf"^is a form of ({KEY}), not of ({KEY})$",
        r"is een formulier van \1, niet van \2",
    ),
    (rf"^move it to where ({KEY}) is$", r"zet het bij de bestanden van \1"),
    (
        r"^is a form without the row that names its columns$",
        "is een formulier zonder de rij met de namen van de kolommen",
    ),
    (
        r"^make a new one with `pilot form` and copy the answers into it$",
        "maak een nieuw formulier met `pilot form` en zet de antwoorden daarin over",
    ),
)


def in_dutch(words: str) -> str:
    """Return in Dutch what a room said of a place in English.

    Examples
    --------
    >>> in_dutch("2024-02-05 to 2024-03-22")
    '2024-02-05 tot en met 2024-03-22'
    >>> in_dutch("is a picture (PNG), not an export")
    'is een plaatje (PNG), geen export'
    >>> in_dutch("vier")
    'vier'
    >>> in_dutch("report.ipynb, cell 6, under 'Step 2'")
    "report.ipynb, cel 6, onder 'Step 2'"
    >>> in_dutch("fulfilled: no date, asked: never")
    'vervuld: geen datum, gevraagd: nooit'
    """
    for pattern, dutch in PATTERNS:
        words = re.sub(pattern, dutch, words, flags=re.MULTILINE)
    return words
