"""One spelling for each mailbox, so that one mailbox is one person.

`æblegård.example` is what people know, `xn--blegrd-yxa9u.example` what servers and some browsers send: the second is
the canonical one, since ASCII works everywhere. The domain is read as browsers do (UTS 46, nontransitional).
"""

import re
from functools import lru_cache

import idna

from written.cleaning import cleaned

LONGEST = 254  # RFC 5321: a path of 256 characters with its brackets
# What needs no work: nearly every address.
_PLAIN = re.compile(r"(?!.*xn--)[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
# What the constraint of the database asks for (people.User).
_STORED = re.compile("[!-~]+@[!-~]+")
_NAME = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_NO_LETTERS_OF_A_NAME = re.compile(r"[^a-z0-9.!#$%&'*+/=?^_`{|}~-]")


# Whose mailboxes have several names: dots do not count.
_WITHOUT_DOTS = {"gmail.com", "googlemail.com"}


class NotADomain(ValueError):
    """What stands after the @ can be no domain."""


def canonical(address: str) -> str:
    """Return the one spelling of a mailbox: clean, lower case, its domain in ASCII. What is no address is only cleaned,
    so that it can be compared and then refused.
    """
    if len(address) > 4 * LONGEST:
        return address
    return address if _PLAIN.fullmatch(address) else _canonical(address)


def without_tag(address: str) -> str:
    """Return the mailbox that receives email to `address`: vera+1@example.dk is the same as vera@example.dk, and
    v.era@googlemail.com as vera@gmail.com.
    """
    name, _at, domain = canonical(address).rpartition("@")
    name = name.partition("+")[0]
    return f"{name.replace('.', '')}@gmail.com" if domain in _WITHOUT_DOTS else f"{name}@{domain}"


@lru_cache(maxsize=1024)
def _canonical(address: str) -> str:
    tidy = cleaned(address).lower()
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


def readable(address: str | None) -> str:
    """Return an address as its owner knows it: `a@æblegård.example`. Empty for none."""
    if not address or "xn--" not in address:
        return address or ""
    name, at, domain = address.rpartition("@")
    try:
        return f"{name}{at}{_in_letters(domain)}"
    except (idna.IDNAError, UnicodeError):
        return address


def can_be_stored(address: str) -> bool:
    """Return whether an address can stand in the database: one spelling of a mailbox, in ASCII, whose domain is one."""
    one = canonical(address)
    try:
        ascii_domain(one.rpartition("@")[2])
    except NotADomain:
        return False
    return len(one) <= LONGEST and bool(_STORED.fullmatch(one))


def wrong_letters(address: str) -> list[str]:
    """Return what may not stand before the @: é, a blank, a quotation mark; each once."""
    return list(dict.fromkeys(_NO_LETTERS_OF_A_NAME.findall(address.rpartition("@")[0].lower())))


def has_a_name(address: str) -> bool:
    """Return whether the part before the @ is one that every mail server accepts: no dot at an end, none doubled."""
    return bool(_NAME.fullmatch(address.rpartition("@")[0]))
