"""Kinds of message that only the benchmarks send; their workers are started with `--include benchmarks.words`."""

from partnership.outbox.kinds import Words, kinds, words
from partnership.outbox.models import Message


@words("bench.notice", consent="notices", priority=Message.Priority.BULK)
def notice(message: Message) -> Words:
    """A notice to everybody in an area: the size of what is sent to many."""
    return Words(
        subject="Indbrud i dit område",
        paragraphs=["Der har været indbrud nær dig. Gå en tur, og hold øje med hinandens huse."],
        button=("Se råd", message.partnership.url("/da/advice/")),
    )


@words("bench.answer", transactional=True)
def answer(message: Message) -> Words:
    """An answer to one reader: the size of what is sent at once."""
    return Words(subject=f"Svar {message.key}", paragraphs=["Her er det, du bad om."], facts=[("Hvornår", "Nu")])


kinds.add(notice, answer)
