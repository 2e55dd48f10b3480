"""What readers do on a page before it is checked."""

import datetime as dt

from journeys.reader import Reader
from partnership import clock

LIST_COLUMNS = "Name;Email address;Telephone;Road and number;Postcode;Source;Said yes on;Said yes how"


def sends(reader: Reader) -> None:
    """Press the first form's button with nothing, or too little, filled in."""
    with reader.page.expect_navigation():
        reader.page.locator("main form .button-primary, main form [type=submit]").first.click()


def sends_nonsense(reader: Reader) -> None:
    reader.writes("Your name", "0101701234")
    reader.writes("Your email address", "nobody")
    reader.writes("Street and house number", "Findesikkevej 1")
    reader.writes("Postcode", "8900")
    sends(reader)


def lives_behind_one_of_several_doors(reader: Reader) -> None:
    joins(reader, f"doors-{reader.language}@nyhelper.example", "Eksempelgården 3")


def has_asked_to_join(reader: Reader) -> None:
    joins(reader, f"waiting-{reader.language}@nyhelper.example", "Eksempelvej 14")


def has_asked_for_a_code(reader: Reader) -> None:
    reader.page.get_by_role("main").get_by_role("textbox").fill("nobody-at-all@nowhere.example")
    sends(reader)


def answers_the_two_questions(reader: Reader) -> None:
    """The link takes the answers once, in any language."""
    if reader.page.locator("[name=useful]").count():
        reader.page.locator("[name=useful]").first.check()
        reader.page.locator("[name=will_act]").first.check()
        sends(reader)


def joins(reader: Reader, email: str, road: str) -> None:
    reader.writes("Your name", "Nina Nyboe")
    reader.writes("Your email address", email)
    reader.writes("Street and house number", road)
    reader.writes("Postcode", "8900")
    reader.page.locator("[name=was_helper][value=no]").check()
    reader.page.locator("[name=consent]").check()
    sends(reader)


def has_a_list_read(reader: Reader, *lines: str) -> None:
    """Bring in a file with these lines, in the columns of `LIST_COLUMNS`."""
    data = "".join(f"{line}\r\n" for line in (LIST_COLUMNS, *lines)).encode("utf-8-sig")
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": data}
    reader.page.get_by_label(reader.words("File with the list")).set_input_files(files=[file])
    reader.presses("Read the file, and show what is in it")


def saves_no_name(reader: Reader) -> None:
    reader.writes("Name", "")
    reader.presses("Save")


def says_why(reader: Reader) -> None:
    for button in reader.page.locator("main button[name=purpose]").all()[:1]:  # none if it is remembered
        button.click()


def writes_a_day(reader: Reader, form: str, name: str, days_ahead: int) -> None:
    day = clock.today() + dt.timedelta(days=days_ahead)
    for box, part in enumerate((day.day, day.month, day.year)):
        reader.page.locator(f"{form} [name={name}_{box}]").fill(str(part))


def asks_for_an_online_talk(reader: Reader, email: str) -> None:
    enter_contact(reader, email)
    reader.presses("Ask for this evening")
    reader.stands_at("Check your inbox")


def enter_contact(reader: Reader, email: str) -> None:
    reader.ticks("Online talk")
    reader.writes("Name of the association", "Boligforeningen Bøgen")
    reader.picks("What kind of association is it?", "homeowners’ association")
    reader.writes("How many homes does it have?", "20")
    reader.picks("Local area", "Sankt Peders")
    reader.writes("Your name", "Bodil Bøg")
    reader.writes("Your email", email)
