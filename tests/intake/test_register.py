"""The register: keys of the design, dates as dates, and every doubtful cell told."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from pilot.frames import LEFT_REASONS, REGISTER, Received
from pilot.intake import read_exports
from pilot.intake.register import REASONS, reason_of

ANSWERS = "nummer;datum;b1;b2;b3;b4;b5;b6;gezondheid\nP1;;3;4;2;5;1;3;goed\n"


@pytest.fixture
def register(design, folder: Path):
    """Give a function that reads a register of these rows beside one export."""

    def read(text: str, name: str = "register.csv"):
        (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
        return read_exports(design(), folder)

    return read


def told_of(received: Received) -> pd.DataFrame:
    """Return the findings, but that these registers have no column of consent."""
    return received.findings[received.findings["rule"] != "consent-not-registered"]


@pytest.mark.parametrize(
    "header",
    [
        "nummer;gezin;school;organisatie;rol;geboortejaar;van;tot;reden",
        "number;family;site;organisation;role;birth year;from;to;reason",
        "Deelnemer;Gezin;Locatie;Organisatie;Rol;Geboortejaar;Start;Einde;Reden van vertrek",
    ],
)
def test_dutch_and_english_headers(register, header: str) -> None:
    """A register is read under Dutch and English names, into keys of the design."""
    row = "P1;G1;School Noord;welzijn;Ouder;1988;1-2-2025;2025-05-03;verhuisd naar Delft"
    received = register(f"{header}\n{row}\n")

    assert list(received.register.columns) == list(REGISTER)
    row = received.register.iloc[0]
    assert row.where(row.notna(), None).to_dict() == {
        "file": "register.csv",
        "row": 2,
        "participant": "P1",
        "family": "G1",
        "site": "noord",
        "organisation": "welzijn",
        "role": "parent",
        "birth_year": 1988,
        "start": pd.Timestamp("2025-02-01"),
        "end": pd.Timestamp("2025-05-03"),
        "reason": "moved",
    } | dict.fromkeys(REGISTER[11:], None)
    assert set(received.findings["rule"]) - {"column-spelling"} == {"consent-not-registered"}


def test_a_register_in_excel(design, folder: Path) -> None:
    """register.xlsx is claimed without being named, and its dates are dates."""
    (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
    book = Workbook()
    book.active.append(["nummer", "rol", "van", "tot", "reden"])
    book.active.append(["P1", "ouder", datetime.date(2025, 1, 1), None, None])
    book.active.append(["P2", "ouder", 45658, datetime.datetime(2025, 3, 1), "scheiding"])
    book.save(folder / "register.xlsx")
    received = read_exports(design(), folder)

    assert received.register["start"].tolist() == [pd.Timestamp("2025-01-01")] * 2
    assert received.register["reason"].tolist()[1] == "split"
    told = told_of(received)
    assert told[["rule", "row", "column", "found"]].to_numpy().tolist() == [
        ["serial-date", 3, "van", "45658"]
    ]


def test_no_register(design, folder: Path) -> None:
    """Without a register the table is there, and empty."""
    (folder / "t0.csv").write_text(ANSWERS, encoding="utf-8")
    received = read_exports(design(), folder)

    assert list(received.register.columns) == list(REGISTER)
    assert len(received.register) == 0


def test_what_is_wrong_is_told_and_set_aside(register) -> None:
    """Unknown roles, years and dates are set aside cell by cell; sites and reasons are kept."""
    received = register(
        "nummer;school;rol;geboortejaar;van;tot;reden\n"
        "P1;Oost;oma;88;eind maart;03/31/2025;geen idee\n"
        ";Noord;ouder;1990;;;\n"
    )
    told = told_of(received)[["rule", "row", "column", "found"]]

    assert told.sort_values(["row", "rule", "column"]).fillna("").to_numpy().tolist() == [
        ["not-a-number", 2, "geboortejaar", "88"],
        ["unknown-reason", 2, "reden", "geen idee"],
        ["unknown-role", 2, "rol", "oma"],
        ["unknown-site", 2, "school", "Oost"],
        ["unreadable-date", 2, "tot", "03/31/2025"],
        ["unreadable-date", 2, "van", "eind maart"],
        ["no-code", 3, "nummer", ""],
    ]
    kept = received.register.iloc[0]
    assert (kept["site"], kept["reason"]) == ("Oost", "unknown")
    assert kept[["role", "birth_year", "start", "end"]].isna().all()
    aside = received.quarantine[["row", "participant", "column", "value"]].fillna("")
    assert sorted(map(tuple, aside.to_numpy().tolist())) == [
        (2, "P1", "geboortejaar", "88"),
        (2, "P1", "rol", "oma"),
        (2, "P1", "tot", "03/31/2025"),
        (2, "P1", "van", "eind maart"),
        (3, "", "geboortejaar", "1990"),
        (3, "", "rol", "ouder"),
        (3, "", "school", "Noord"),
    ]
    door = received.counts.set_index("door").loc["register"]
    assert door.tolist() == [2, 1, 1, 9, 2, 7]


def test_one_number_for_two_people(register) -> None:
    """Twins with one number: the first row counts, the second is set aside and told."""
    received = register("nummer;rol;geboortejaar\nK1;kind;2015\nK1;kind;2015\nK2;kind;2016\n")

    assert received.register["participant"].tolist() == ["K1", "K2"]
    told = told_of(received)[["rule", "row", "participant"]].to_numpy().tolist()
    assert told == [["register-twice", 3, "K1"]]


def test_who_left_and_came_back(register) -> None:
    """A number may stand twice when its periods do not overlap."""
    received = register(
        "nummer;rol;van;tot\nP1;ouder;2025-01-01;2025-03-01\nP1;ouder;2025-03-01;\n"
        "P2;ouder;2025-01-01;2025-03-01\nP2;ouder;2025-02-01;\n"
    )

    assert received.register["row"].tolist() == [2, 3, 4]
    assert told_of(received)["rule"].tolist() == ["register-twice"]


def test_one_number_in_two_roles_at_one_time(register) -> None:
    """Both rows are kept, since nobody knows whose number it is; told at the second."""
    received = register(
        "nummer;rol;van;tot\nP1;ouder;2025-01-01;\nP1;kind;2025-03-01;\n"
        "P2;kind;2025-01-01;2025-03-01\nP2;Ouders;2025-03-01;\n"
    )

    assert received.register["row"].tolist() == [2, 3, 4, 5]
    told = told_of(received)[["rule", "row", "participant", "expected"]]
    assert told.to_numpy().tolist() == [["two-roles", 3, "P1", "one person a number"]]


def test_consent_a_use_with_its_date_and_giver(register) -> None:
    """Yes, no or unknown a use; a column that is there and left empty is unknown."""
    received = register(
        "nummer;rol;toestemming;toestemming citaten;datum toestemming;toestemming door;"
        "ingetrokken;intrekking\n"
        "P1;ouder;Ja;nee;2024-12-20;zelf;;\n"
        "P2;ouder;;x;;moeder;3-3-2025;stoppen en verwijderen\n"
        "P3;ouder;misschien;0;ooit;P9;2025-03-04;stoppen\n"
    )
    read = received.register.set_index("participant")[list(REGISTER[11:])].astype(object)

    assert read.where(read.notna(), None).loc["P1"].to_dict() == {
        "consent_answers": "yes",
        "consent_named": None,
        "consent_quotes": "no",
        "consent_sharing": None,
        "consent_archive": None,
        "consent_date": pd.Timestamp("2024-12-20"),
        "consent_giver": "self",
        "guardian_1": None,
        "guardian_2": None,
        "withdrawn": None,
        "withdrawal": None,
    }
    assert read.loc["P2", ["consent_answers", "consent_quotes", "consent_giver"]].tolist() == [
        "unknown",
        "yes",
        "mother",
    ]
    assert read["withdrawal"].tolist()[1:] == ["stop and remove", "stop"]
    assert received.findings[["rule", "row", "found"]].to_numpy().tolist() == [
        ["unclear-consent", 4, "misschien"],
        ["unreadable-date", 4, "ooit"],
    ]
    door = received.counts.set_index("door").loc["register"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]


def test_each_guardian_may_have_a_row(register) -> None:
    """The same child again with another giver is no twin; without one it is."""
    received = register(
        "nummer;rol;toestemming;toestemming door\nK1;kind;ja;moeder\nK1;kind;nee;vader\n"
        "K1;kind;ja;moeder\n"
    )

    assert received.register["row"].tolist() == [2, 3]
    assert [*received.findings["rule"]] == ["register-twice"]


def test_a_register_without_consent_is_told_once(register) -> None:
    """A note: nothing changed, and all answers count as before."""
    received = register("nummer;rol\nP1;ouder\nP2;ouder\n")

    told = received.findings[["rule", "severity", "file", "expected"]].to_numpy().tolist()
    assert told == [
        [
            "consent-not-registered",
            "note",
            "register.csv",
            "columns such as toestemming, datum toestemming, toestemming door",
        ]
    ]


def test_names_of_people_do_not_go_on(register) -> None:
    """A column that no register has is told by its name; its cells appear nowhere."""
    received = register("nummer;rol;voornaam\nP1;ouder;Fatima\n")

    assert told_of(received)[["rule", "column"]].to_numpy().tolist() == [
        ["unknown-column", "voornaam"]
    ]
    for table in (received.register, received.quarantine, received.findings):
        assert not table.astype(str).isin(["Fatima"]).any(axis=None)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("verhuisd", "moved"),
        ("Gescheiden", "split"),
        ("school gestopt", "school stopped"),
        ("gestopt", "withdrew"),
        ("wil niet meer", "withdrew"),
        ("overleden", "died"),
        ("onbekend", "unknown"),
        ("kreeg een andere rol", "changed role"),
        ("moved house", "moved"),
        ("withdrew", "withdrew"),
        ("the school closed", "school stopped"),
        ("???", None),
    ],
)
def test_reasons_in_both_languages(word: str, reason: str | None) -> None:
    """Words for leaving become the keys that later rooms know."""
    assert reason_of(word) == reason
    assert {key for key, _ in REASONS} == set(LEFT_REASONS)


CONSENT = "nummer;rol;geboortejaar;toestemming;toestemming door;ingetrokken;intrekking\n"


@pytest.mark.parametrize("giver", ["ouder", "voogd", "moeder"])
def test_two_guardians_may_be_called_by_one_word(register, giver: str) -> None:
    """Both rows stay, so that the one who refuses is heard; other years are other people."""
    row = f"K1;kind;2015;ja;{giver};;\n"
    both = register(CONSENT + row + row.replace("ja", "nee"))
    twins = register(CONSENT + row + row.replace("2015;ja", "2013;ja"))

    assert both.register["consent_answers"].tolist() == ["yes", "no"]
    assert [*both.findings["rule"]] == []
    assert [*twins.findings["rule"]] == ["register-twice"]


@pytest.mark.parametrize(
    ("second", "answers", "withdrawal", "day"),
    [
        ("nee;;;", "no", None, None),
        ("ja;;2025-03-01;stoppen en verwijderen", "yes", "stop and remove", "2025-03-01"),
        ("ja;;ja;", "yes", "stop", None),
        ("ja;;;weet niet", "yes", "unclear", None),
        ("ja;;nee;n.v.t.", "yes", None, None),
    ],
)
def test_a_no_in_a_row_set_aside_holds_for_its_number(
    register, second: str, answers: str, withdrawal: str | None, day: str | None
) -> None:
    """The row goes, told; a refusal or withdrawal in it stays with the number."""
    received = register(f"{CONSENT}P1;ouder;1985;ja;;;\nP1;ouder;1985;{second}\n")

    row = received.register.iloc[0]
    assert len(received.register) == 1
    told = received.findings[received.findings["rule"] != "register-twice"]
    unclear = [["unclear-consent", 3, "P1", "weet niet"]] if withdrawal == "unclear" else []
    assert told[["rule", "row", "participant", "found"]].to_numpy().tolist() == unclear
    assert len(received.findings) == 1 + len(unclear)
    assert row["consent_answers"] == answers
    assert (None if pd.isna(row["withdrawal"]) else row["withdrawal"]) == withdrawal
    assert (None if pd.isna(row["withdrawn"]) else f"{row['withdrawn']:%Y-%m-%d}") == day
    door = received.counts.set_index("door").loc["register"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]


@pytest.mark.parametrize(
    ("on", "how", "way", "told"),
    [
        ("ja", "", "stop", ["withdrawal-undated"]),
        ("", "stoppen", "stop", ["withdrawal-undated"]),
        ("nee", "", None, []),
        ("", "nee", None, []),
        ("n.v.t.", "-", None, []),
        ("0", "nvt", None, []),
        ("2025-12-01", "stopt, wisselt van school", "stop", []),
        ("2025-12-01", "stoppen, niet verwijderen", "stop", []),
        ("2025-12-01", "stoppen, gegevens mogen blijven", "stop", []),
        ("2025-12-01", "stop, wis alles", "stop and remove", []),
        ("2025-12-01", "alles weg", "stop and remove", []),
        ("2025-12-01", "stop en vernietig alles", "stop and remove", []),
        ("2025-12-01", "stoppen en verwijderen, niets bewaren", "stop and remove", []),
        ("2025-12-01", "wisselt", "unclear", ["unclear-consent"]),
        ("2025-12-01", "wegens verhuizing", "unclear", ["unclear-consent"]),
        ("misschien", "", "unclear", ["unclear-consent"]),
        ("begin december", "stoppen en verwijderen", "stop and remove", ["unreadable-date"]),
        ("1-12-2205", "", "stop", ["unreadable-date"]),
    ],
)
def test_how_somebody_withdrew(
    register, on: str, how: str, way: str | None, told: list[str]
) -> None:
    """In either column and in words; what is unclear is told, shown, and never 'not'."""
    received = register(f"{CONSENT}P1;ouder;1985;ja;zelf;{on};{how}\n")

    read = received.register["withdrawal"].iloc[0]
    dated = on == "2025-12-01"
    assert (None if pd.isna(read) else read) == way
    assert pd.notna(received.register["withdrawn"].iloc[0]) == dated
    assert [*received.findings["rule"]] == told
    if told:
        assert received.findings["found"].iloc[0] in (on, how)
    door = received.counts.set_index("door").loc["register"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]


@pytest.mark.parametrize(
    ("how", "way"),
    [
        *(
            (how, "unclear")
            for how in (
                "doet niet meer mee en verwijderen",
                "stopt, gegevens mogen niet blijven",
                "stoppen, antwoorden mogen niet gebruikt worden",
                "niet meer mee verwijderen",
                "wil niet langer meedoen en verwijderen",
                "niet vergeten te verwijderen",
                "stoppen en gegevens er uit",
                "stopt; niets mag blijven",
                "wil niet dat gegevens bewaard blijven, stopt",
                "stop, do not use my answers",
                "stop, discard answers",
                "stop and take out my answers",
                "niet verwijderen maar vernietigen",
                "stopt, haal alles eruit",
                "stopt, niet verwijderen, antwoorden niet gebruiken",
                "stopt, verwijderen mag, niet hoeft",
            )
        ),
        *(
            (how, "stop and remove")
            for how in (
                "stoppen, gegevens moeten weg",
                "stoppen, data weg",
                "stoppen en alles moet weg",
                "stoppen en verwijderen",
                "alles weg",
                "vernietig alles",
            )
        ),
        *(
            (how, "stop")
            for how in (
                "stoppen",
                "stop",
                "stopt, wisselt van school",
                "stopt, geen tijd",
                "doet niet meer mee",
                "niet verwijderen",
                "do not delete",
                "hoeft niet weg",
            )
        ),
        *((how, None) for how in ("nee", "n.v.t.", "-")),
    ],
)
def test_a_wish_to_remove_is_never_read_as_stop(register, how: str, way: str | None) -> None:
    """A stop is a known short phrase; what is longer or mixed is unclear until asked."""
    received = register(f'{CONSENT}P1;ouder;1985;ja;zelf;;"{how}"\n')

    read = received.register["withdrawal"].iloc[0]
    assert (None if pd.isna(read) else read) == way


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        ("per 1 juni, gegevens weg", ["withdrawal-undated"]),
        ("per 1 juni, niets gebruiken", ["unclear-consent"]),
        ("Fatma belde 06-12345678", ["personal-data"]),
    ],
)
def test_a_withdrawal_that_looks_like_a_day(register, on: str, rules: list[str]) -> None:
    """What it says of answers goes before the day, and whom it names is not kept."""
    received = register(f"{CONSENT}P1;ouder;1985;ja;zelf;{on};\n")

    assert received.findings["rule"].tolist() == rules
    assert (received.register["withdrawal"] != "stop").iloc[0] == (rules != ["personal-data"])
    assert "Fatma" not in received.quarantine.to_csv() + received.findings.to_csv()


@pytest.mark.parametrize(
    ("word", "read"),
    [("Ja.", "yes"), ("JA!", "yes"), ("✓", "yes"), ("Nee.", "no"), ("Ja, maar", "unclear")],
)
def test_yes_and_no_with_a_full_stop_or_a_tick(register, word: str, read: str) -> None:
    """Any other word is shown, with the words that are allowed."""
    received = register(f"{CONSENT}P1;ouder;1985;{word};zelf;;\n")

    assert received.register["consent_answers"].tolist() == [read]
    told = received.findings[["rule", "found", "expected"]].to_numpy().tolist()
    unclear = ["unclear-consent", word, "ja of nee (yes or no)"]
    assert told == ([unclear] if read == "unclear" else [])


@pytest.mark.parametrize(
    ("word", "read"),
    [
        *((word, "no") for word in ("nee, liever niet", "Nee hoor", "nee, nooit", "No thanks")),
        *((word, "no") for word in ("niet", "geen toestemming", "weigert", "refuses")),
        *((word, "unclear") for word in ("nog vragen", "niet gevraagd", "geen bezwaar")),
        *((word, "unclear") for word in ("onbekend", "notaris")),
        ("n.v.t.", "unknown"),
    ],
)
def test_a_no_in_words_is_a_no(register, word: str, read: str) -> None:
    """Whatever starts with one; who was not asked is unclear, and nothing said is unknown."""
    received = register(f"{CONSENT}P1;ouder;1985;{word};zelf;;\n")

    assert received.register["consent_answers"].tolist() == [read]


@pytest.mark.parametrize(
    ("word", "read", "told"),
    [
        ("nee, liever niet", "no", []),
        ("Ja, maar", "unclear", ["unclear-consent"]),
        ("onbekend", "unclear", []),
        ("ja", "yes", []),
        ("", "yes", []),
        ("Ja, belt 06-12345678", "unclear", ["personal-data"]),
    ],
)
def test_a_doubt_in_a_row_set_aside_is_heard_and_told(
    register, word: str, read: str, told: list[str]
) -> None:
    """The word is shown at its own row, or hidden where it names somebody."""
    received = register(f"{CONSENT}P1;ouder;1985;ja;;;\nP1;ouder;1985;{word};;;\n")

    assert received.register["consent_answers"].tolist() == [read]
    found = received.findings[received.findings["rule"] != "register-twice"]
    assert found["rule"].tolist() == told
    assert found[["row", "participant"]].to_numpy().tolist() == [[3, "P1"]] * len(told)
    assert found["found"].dropna().tolist() == ([word] if told == ["unclear-consent"] else [])


def test_a_word_of_consent_that_names_somebody_is_not_kept(register) -> None:
    """A note in the wrong column: told, and what it says is nowhere."""
    received = register(f"{CONSENT}P1;ouder;1985;Fatma belt 06-12345678;zelf;;\n")

    assert [*received.findings["rule"]] == ["personal-data"]
    tables = (received.register, received.quarantine, received.findings)
    assert "Fatma" not in " ".join(table.to_csv() for table in tables)


def test_an_empty_guardian_is_none_and_a_doubtful_one_was_not_asked(register) -> None:
    """'nog vragen' and a word that is neither are unknown; nothing there is nobody."""
    head = "nummer;rol;toestemming ouder 1;toestemming ouder 2\n"
    received = register(
        f"{head}K1;kind;ja;\nK2;kind;ja;nog vragen\nK3;kind;ja;tja\nK4;kind;ja;n.v.t.\n"
    )

    second = received.register["guardian_2"].fillna("").tolist()
    assert second == ["", "unknown", "unknown", ""]
    assert received.findings[["rule", "row"]].to_numpy().tolist() == [["unclear-consent", 4]]


MOVED = "nummer;gezin;school;rol;geboortejaar;van;tot\n"


@pytest.mark.parametrize(("until", "found"), [("", "no end"), ("2025-07-15", "2025-07-15")])
def test_the_later_period_holds_where_somebody_moved(register, until: str, found: str) -> None:
    """The first period was not closed, or too late: told, and ended where the second starts."""
    received = register(
        f"{MOVED}P1;G1;School Noord;ouder;1987;2025-01-20;{until}\n"
        "P1;G1;School Zuid;ouder;1987;2025-07-01;\n"
        "P2;G2;School Noord;ouder;1987;2025-01-20;\nP2;G3;School Zuid;ouder;1990;2025-07-01;\n"
    )

    told = told_of(received)[["rule", "row", "column", "found", "expected"]]
    assert told.fillna("").to_numpy().tolist() == [
        ["periods-overlap", 2, "tot", found, "before 2025-07-01"],
        ["register-twice", 5, "nummer", "P2", ""],
    ]
    ends = received.register["end"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert ends == ["2025-07-01", "", ""]
    aside = received.quarantine[received.quarantine["rule"] == "periods-overlap"]
    assert aside["value"].tolist() == ([until] if until else [])
    door = received.counts.set_index("door").loc["register"]
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]


def test_a_period_that_ends_before_it_starts_is_told_once(register) -> None:
    """Neither day counts, and both are in quarantine under one finding."""
    received = register(
        "nummer;rol;van;tot;reden\nP1;ouder;2026-01-20;2025-01-20;gestopt\n"
        "P2;ouder;2025-01-20;;verhuisd\nP3;ouder;2025-01-20;;onbekend\n"
    )

    told = told_of(received)[["rule", "row", "column", "found"]].to_numpy().tolist()
    assert told == [
        ["period-reversed", 2, "tot", "2025-01-20"],
        ["leaving-undated", 3, "reden", "verhuisd"],
    ]
    assert received.register[["start", "end"]].isna().iloc[0].all()
    assert sorted(received.quarantine["value"]) == ["2025-01-20", "2026-01-20"]


def test_numbers_that_look_alike_are_told(register) -> None:
    """Perhaps one person: told once a number, and nobody is joined."""
    received = register("nummer;rol\n001;ouder\n1;ouder\nP2;ouder\np-02;ouder\n3;ouder\n")

    assert received.register["participant"].tolist() == ["001", "1", "P2", "p-02", "3"]
    told = told_of(received)[["rule", "row", "found", "expected"]].to_numpy().tolist()
    assert told == [
        ["register-spelt-otherwise", 3, "1", "perhaps 001"],
        ["register-spelt-otherwise", 5, "p-02", "perhaps P2"],
    ]


def test_the_register_says_what_its_columns_are_called(register) -> None:
    """So that a later room names them in a finding."""
    received = register("number;role;consent\nP1;ouder;yes\n")

    assert received.headings["register.csv", "consent_answers"] == "consent"
