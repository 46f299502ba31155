"""Write the names of countries and languages that the screen of quotes holds back.

Source: Unicode CLDR, by way of Babel. Run it again when countries change their names:
``python tests/reference/make_countries.py``
"""

from __future__ import annotations

from pathlib import Path

import babel
from babel import Locale

TARGET = Path(__file__).parents[2] / "src" / "pilot" / "cleaning" / "countries.toml"
# Besides those with a code of two letters: what is spoken at home in Dutch cities.
ALSO_SPOKEN = ("ber", "ckb", "kmr", "pap", "prs", "rif", "srn", "tzm", "yue", "zgh")
NOT_TELLING = {"nl"}  # everybody who takes part learns Dutch
HEAD = """\
# Names of countries and languages in Dutch and English, as Unicode CLDR has them.
# Made by tests/reference/make_countries.py (Babel {babel}); do not edit by hand.
# Copyright (c) 1991-2026 Unicode, Inc. Licence: Unicode-3.0,
# https://www.unicode.org/license.txt
"""


def names(language: str) -> tuple[list[str], list[str]]:
    """Return the countries and the languages as they are called in a language."""
    locale = Locale(language)
    countries = {
        name
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code != "ZZ"
    }
    spoken = {
        name
        for code, name in locale.languages.items()
        if (len(code) == 2 or code in ALSO_SPOKEN) and code not in NOT_TELLING
    }
    return sorted(countries), sorted(spoken)


def main() -> None:
    """Write the file."""
    lines = [HEAD.format(babel=babel.__version__)]
    for part, title in enumerate(("countries", "languages")):
        lines.append(f"[{title}]")
        for language in ("nl", "en"):
            listed = names(language)[part]
            lines.append(f"{language} = [")
            lines += [f'    "{name}",' for name in listed]
            lines.append("]")
        lines.append("")
    TARGET.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
