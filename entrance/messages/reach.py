"""What is said when staff have written down where somebody is reached: to where they were reached before, since anybody
can say it on paper or by telephone.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.phone import e164
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import Message, Words, words
from partnership.people.actions import moves
from partnership.people.mailboxes import has_verified_mailbox, hash_of_mailbox
from partnership.people.models import User
from partnership.people.own.held_back import opens_on

# In the details of a message, in place of "address": we knew no home before.
FIRST_ADDRESS = "first_address"
# In place of "email": the mailbox that they had used before counts again.
MAILBOX_BACK = "mailbox_back"
# Enough of a telephone number for its owner to know it, and too little to call it.
DIGITS_SAID = 2


@words(
    "entrance.reach_written",
    transactional=True,
    warns=True,
    called=gettext_lazy("How a person is reached: written down by staff, to the mailbox"),
    by_email=True,
)
def reach_written(message: Message) -> Words | None:
    """It never repeats what was written: a stranger may have said it, and would have their words in our letters. Of a
    mailbox it says two characters (`hint_of_mailbox`), of a number the last two digits: whoever gave them to us knows
    them again and can say whether they are right, and nobody else can write or call there.
    """
    return _reach_written(message)


@words(
    "entrance.reach_written_home",
    transactional=True,
    warns=True,
    called=gettext_lazy("How a person is reached: written down by staff, to the home"),
    by_letter=True,
)
def reach_written_home(message: Message) -> Words | None:
    """`reach_written` by letter, to the home, for somebody without a mailbox that they have used. Nothing of one that
    the mailbox before has replaced since.
    """
    return _reach_written(message)


def is_put_back(message: Message) -> bool:
    """Return whether the mailbox that staff have put back is still the person's, and is verified. Messages from before
    30 November 2026 do not know which it was.
    """
    person = message.recipient
    if person is None or not has_verified_mailbox(person) or not person.has_open_mailbox:
        return False
    return message.about.get("back", "") in ("", hash_of_mailbox(person.email or ""))


def _still_so(message: Message) -> list[str]:
    """Return the details that the message is to tell, without a mailbox that has been replaced since."""
    person, what = message.recipient, list(message.about["details"])
    is_back = Message.objects.filter(kind="entrance.mailbox_put_back", recipient=person, pk__gt=message.pk).exists()
    ended = {"email" if is_back else "", "" if is_put_back(message) else MAILBOX_BACK}
    return [name for name in what if name not in ended]


def _reach_written(message: Message) -> Words | None:
    here, what, person = message.partnership, _still_so(message), message.recipient
    if not what or person is None:
        return None
    noted = {
        "email": _which_mailbox(person),
        MAILBOX_BACK: _(
            "Somebody told us on paper or by telephone that you use the email address again that you had here before. "
            "From now on you can log in with it again."
        ),
        "phone": _which_number(message),
        "address": _lives_elsewhere(),
        FIRST_ADDRESS: _("Somebody told us on paper or by telephone where you live."),
        "channel": _channel_wanted(message),
    }
    goes_there = {"address", FIRST_ADDRESS} & set(what)
    return Words(
        subject=_("We have noted how to reach you"),
        paragraphs=[
            *(sentence for name, sentence in noted.items() if name in what),
            *(of_held_back_mailbox(message) if "email" in what else []),
            *(of_held_back_number(message) if "phone" in what else []),
            *([_("Our letters go there from now on."), *no_code_yet(message)] if goes_there else []),
            _("If that is right, you do not need to do anything."),
            _("If it is not right, call us today, and we will put it right: %(name)s, %(phone)s.") % here.call_us,
        ],
    )


def _which_mailbox(person: User) -> str:
    said = _("Somebody told us on paper or by telephone which email address you use now.")
    return f"{said} {hint_of_mailbox(person)}".strip()


def hint_of_mailbox(person: User) -> str:
    """Return "k…@g…" of kirsten@gmail.com, as a sentence. The whole domain would be room for words of a stranger."""
    if not person.email:
        return ""
    name, _at, domain = person.email.partition("@")
    return _("It looks like this: %(hint)s") % {"hint": f"{name[:1]}…@{domain[:1]}…"}


def _which_number(message: Message) -> str:
    said = _("Somebody told us on paper or by telephone which telephone number you have now.")
    return f"{said} {hint_of_number(message)}".strip()


def hint_of_number(message: Message) -> str:
    """Return in which digits the telephone number ends, as a sentence; "" if there is none."""
    number = e164(message.recipient.phone if message.recipient else "", message.partnership.country)
    return _("It ends in %(digits)s.") % {"digits": number[-DIGITS_SAID:]} if number else ""


def _channel_wanted(message: Message) -> str:
    channel = message.recipient.channel if message.recipient else ""
    said: dict[str, str] = {
        User.Channel.MAIL: _("Somebody told us on paper or by telephone that you want our messages by email."),
        User.Channel.SMS: _("Somebody told us on paper or by telephone that you want our messages by text message."),
        User.Channel.LETTER: _("Somebody told us on paper or by telephone that you want our messages by letter."),
    }
    return said.get(channel, _("Somebody told us on paper or by telephone that you want our messages in another way."))


def of_held_back_mailbox(message: Message) -> list[str]:
    """Return before when nobody can log in with the mailbox that staff have written down, and what comes there then."""
    person = message.recipient
    if person is None or not person.is_held_back(clock.now()):
        return []
    said = _("Before %(day)s nobody can log in with it, so that nobody else reads what we know about you.")
    instead = _("Once somebody has logged in with it, we write to you there, and no longer by letter.")
    is_chosen = person.channel in ("", User.Channel.MAIL)
    return [said % {"day": opens_on(person)}, *([instead] if is_chosen else [])]


def of_held_back_number(message: Message) -> list[str]:
    """Return before when no code goes to the number that staff have written down; nothing once it is verified."""
    person, zone = message.recipient, message.partnership.zone
    if person is None or not person.phone or person.phone_is_verified:
        return []
    begins = moves.no_code_before(person, "phone", clock.now())
    if begins is None:
        return []
    said = _("Before %(day)s we send no code to the number, so that nobody else reads what we know about you.")
    return [said % {"day": day_in_words(clock.local(begins, zone).date())}]


@words(
    "entrance.number_in_doubt",
    transactional=True,
    warns=True,
    called=gettext_lazy("Telephone number: asked whether it is the person’s own"),
    by_letter=True,
)
def number_in_doubt(message: Message) -> Words | None:
    """To the home of somebody whose slip does not have the number that we have. Nothing once the number is verified,
    deleted or another, or a code can go there again. Only its end is said, since a stranger may have given it.
    """
    person, here = message.recipient, message.partnership
    ends = moves.no_code_before(person, "phone", clock.now()) if person else None
    if person is None or ends is None or not person.phone or person.phone_is_verified:
        return None
    if person.phone_changed_at and person.phone_changed_at > message.created_at:
        return None
    since, until = (day_in_words(clock.local(at, here.zone).date()) for at in (message.created_at, ends))
    digits = e164(person.phone, here.country)[-DIGITS_SAID:]
    known = _("We have a telephone number for you that ends in %(digits)s.") % {"digits": digits}
    missing = _("It was not in what we have now been told in your name, on paper or by telephone.")
    held_back = _(
        "From %(since)s until %(until)s we send no code there by text message, so that nobody else reads what we know "
        "about you."
    )
    return Words(
        subject=_("Is this your telephone number?"),
        paragraphs=[
            f"{known} {missing}",
            held_back % {"since": since, "until": until},
            _("If it is yours, you do not need to do anything."),
            _("If it is not yours, call us today, and we will delete it: %(name)s, %(phone)s.") % here.call_us,
        ],
    )


def _lives_elsewhere() -> str:
    return _("Somebody told us on paper or by telephone that you live somewhere else than we knew.")


def no_code_yet(message: Message, *, is_read_there: bool = False) -> list[str]:
    """Return from which day a code may go by letter to the new address; nothing from that day on."""
    zone, person = message.partnership.zone, message.recipient
    begins = moves.no_code_before(person, "address", clock.now()) if person else None
    if begins is None:
        return []
    said = _("We send no code by letter there before %(day)s, so that nobody else reads what we know about you.")
    if is_read_there:
        said = _("We send you no code by letter before %(day)s, so that nobody else reads what we know about you.")
    return [said % {"day": day_in_words(clock.local(begins, zone).date())}]


@words(
    "entrance.home_changed",
    transactional=True,
    warns=True,
    called=gettext_lazy("Home: another one written down by staff"),
)
def home_changed(message: Message) -> Words:
    """To somebody without email, by letter to their new home, when staff have written it down."""
    here = message.partnership
    return Words(
        subject=_("We have noted another address for you"),
        paragraphs=[
            _lives_elsewhere(),
            *no_code_yet(message, is_read_there=True),
            _("If it is not right, call us today: %(name)s, %(phone)s.") % here.call_us,
        ],
    )


@words(
    "entrance.home_before",
    transactional=True,
    warns=True,
    by_letter=True,
    called=gettext_lazy("Home: another one written down by staff, to the one before"),
)
def home_before(message: Message) -> Words:
    """To where somebody lived until now. It never says where they live. What else staff have written down of how they
    are reached, also after that, is told here too: the letters about that go to the new home.
    """
    here = message.partnership
    mailbox, number = of_held_back_mailbox(message), of_held_back_number(message)
    return Words(
        subject=_("We no longer write to you at this address"),
        paragraphs=[
            _lives_elsewhere(),
            *([_("We have also been told which email address you use now."), *mailbox] if mailbox else []),
            *([_("We also have a telephone number for you that may not be yours."), *number] if number else []),
            _("If that is right, you do not need to do anything."),
            _("If it is not right, call us today, and we will put it right: %(name)s, %(phone)s.") % here.call_us,
        ],
    )
