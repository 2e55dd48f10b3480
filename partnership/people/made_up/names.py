"""Names for people who do not exist: common ones, combined by counting, so that each run makes the same people."""

FIRST = {
    "da": """
        Anna Bent Camilla Dorte Erik Freja Gitte Hans Inger Jens Kirsten Lars Mette Nina Ole Pia Rikke
        Søren Tove Uffe Vibeke Willy Yrsa Birgit Carsten Ditte Egon Fatima Grethe Henning Ida Jonas Kurt
        Lise Mohamed Nanna Omar Poul Rosa Steen Tina
    """.split(),  # noqa: SIM905
    "sv": """
        Anders Britta Cecilia David Elsa Fredrik Gun Håkan Ingrid Johan Karin Lennart Maria Nils Olof
        Pernilla Rolf Sofia Tomas Ulla Viktor Åsa Ahmed Birgitta Christer
    """.split(),  # noqa: SIM905
}
LAST = {
    "da": """
        Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen
        Madsen Kristensen Olsen Thomsen Poulsen Johansen Møller Mortensen Knudsen Lund Holm Bach Friis
        Kjær Dahl Bruun
    """.split(),  # noqa: SIM905
    "sv": """
        Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson
        Lindberg Lindström Bergström Sandberg Holm Ek Nyström
    """.split(),  # noqa: SIM905
}


def made_up_name(language: str, number: int) -> str:
    """Return the name of made-up person `number`; the lists have different lengths, so few names repeat."""
    first, last = FIRST[language], LAST[language]
    return f"{first[number % len(first)]} {last[(number * 5 + number // len(first)) % len(last)]}"
