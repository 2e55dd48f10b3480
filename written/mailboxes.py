"""One spelling for each mailbox, so that one mailbox is one person.

`æblegård.example` is what people know, `xn--blegrd-yxa9u.example` what servers and some browsers send: the second is
the canonical one, since ASCII works everywhere. The domain is read as browsers do (UTS 46, nontransitional).
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

import idna

from written.cleaning import cleaned

LONGEST = 254  # RFC 5321: a path of 256 characters with its brackets
# What needs no work: nearly every mailbox.
_PLAIN = re.compile(r"(?!.*xn--)[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
# What the constraint of the database asks for (people.User).
_STORED = re.compile("[!-~]+@[!-~]+")
_NAME = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_NO_LETTERS_OF_A_NAME = re.compile(r"[^a-z0-9.!#$%&'*+/=?^_`{|}~-]")


# Whose mailboxes have several names: dots do not count.
_WITHOUT_DOTS = {"gmail.com", "googlemail.com"}


# Ends of domains that are in nobody's reach: they stand for a computer, a network at home, or nothing (RFC 6761, 6762,
# 8375, 9476, and ICANN's .internal). Not .example, which stands in our own examples.
_NOWHERE = {
    "alt", "arpa", "corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost", "onion", "test",
}  # fmt: skip
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<mailbox>[^<>]*)>")


class NotADomain(ValueError):
    """What stands after the @ can be no domain."""


def canonical(email: str) -> str:
    """Return the one spelling of a mailbox: clean, lower case, its domain in ASCII. What is no mailbox is only cleaned,
    so that it can be compared and then refused.
    """
    if len(email) > 4 * LONGEST:
        return email
    return email if _PLAIN.fullmatch(email) else _canonical(email)


def without_tag(email: str) -> str:
    """Return the mailbox that receives what is sent to `email`: vera+1@example.dk is the same as vera@example.dk, and
    v.era@googlemail.com as vera@gmail.com.
    """
    name, _at, domain = canonical(email).rpartition("@")
    name = name.partition("+")[0]
    return f"{name.replace('.', '')}@gmail.com" if domain in _WITHOUT_DOTS else f"{name}@{domain}"


@lru_cache(maxsize=1024)
def _canonical(email: str) -> str:
    tidy = cleaned(email).lower()
    name, at, domain = tidy.rpartition("@")
    try:
        return f"{name}@{ascii_domain(domain)}" if at else tidy
    except NotADomain:
        return tidy


def ascii_domain(domain: str) -> str:
    """Return a domain as servers know it. Raise NotADomain."""
    labels = domain.lower().rstrip(".\u3002")
    if not labels or len(labels) > LONGEST:
        raise NotADomain
    if labels.isascii() and "xn--" not in labels:
        return labels
    try:
        return idna.encode(_in_letters(labels), uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise NotADomain from None


def _in_letters(domain: str) -> str:
    """Return a domain with letters in place of each `xn--` label. Raise idna.IDNAError if such a label stands for no
    letters.
    """
    return ".".join(idna.ulabel(label) if label.startswith("xn--") else label for label in domain.split("."))


def readable(email: str | None) -> str:
    """Return a mailbox as its owner knows it: `a@æblegård.example`. Empty for none."""
    if not email or "xn--" not in email:
        return email or ""
    name, at, domain = email.rpartition("@")
    try:
        return f"{name}{at}{_in_letters(domain)}"
    except (idna.IDNAError, UnicodeError):
        return email


def can_be_stored(email: str) -> bool:
    """Return whether a mailbox can stand in the database: one spelling of a mailbox, in ASCII, whose domain is one."""
    one = canonical(email)
    try:
        ascii_domain(one.rpartition("@")[2])
    except NotADomain:
        return False
    return len(one) <= LONGEST and bool(_STORED.fullmatch(one))


def is_nowhere(domain: str) -> bool:
    """Return whether a domain, in ASCII, has no mail server that others reach: localhost, 10.0.0.10, a name alone."""
    _before, dot, end = domain.rpartition(".")
    return not dot or end.isdigit() or end in _NOWHERE


def pasted(text: str) -> str:
    """Return the mailbox in what people paste: vera@example.dk of "Vera <vera@example.dk>", of "mailto:vera@example.dk"
    and of "vera@example.dk,". The text unchanged if it is anything else, such as two mailboxes.
    """
    bare, name = text.strip(" \t\r\n.,;"), ""
    if named := _NAMED.fullmatch(bare):
        name, bare = named["name"].strip(" \t\"'").lower(), named["mailbox"].strip(" \t")
    elif bare[:1] == bare[-1:] == '"':
        bare = bare[1:-1]
    if bare[:7].lower() == "mailto:":
        bare = unquote(bare[7:])
    # Who pastes two different ones may mean either.
    is_one = bare.count("@") == 1 and not re.search(r"[\s,;?]", bare) and ("@" not in name or name == bare.lower())
    return bare if is_one else text


def wrong_letters(email: str) -> list[str]:
    """Return what may not stand before the @: é, a blank, a quotation mark; each once."""
    return list(dict.fromkeys(_NO_LETTERS_OF_A_NAME.findall(email.rpartition("@")[0].lower())))


def has_a_name(email: str) -> bool:
    """Return whether the part before the @ is one that every mail server accepts: no dot at an end, none doubled."""
    return bool(_NAME.fullmatch(email.rpartition("@")[0]))


def mailto(email: str) -> str:
    """Return what opens an email to a mailbox, and to that alone: "x?bcc=spy" may be the name of one."""
    name, _at, domain = email.rpartition("@")
    return f"mailto:{quote(name, safe='+')}@{quote(domain, safe=':[]')}"
