"""The outbox's public module: what other rooms may use. Everything else in this package is private.

| a room wants to                        | it uses                                                                  |
|----------------------------------------|--------------------------------------------------------------------------|
| send a message to somebody             | `post`, or `post_all` with `NewMessage`s; `withdraw` what is not sent    |
| answer whoever typed a mailbox         | `answer_typed`, with a kind that is `to_typed`                           |
| give a kind of message its words       | `words`, in its own `messages`: a function from `Message` to `Words`;    |
|                                        | `kinds.add(*words_of(messages))`, in its `registrations`                 |
| say why it withdraws a message         | `why_withdrawn.add(Reason(…))`, in its `registrations`; `OTHER_ADDRESS`, |
|                                        | which several rooms have                                                 |
| say it in brief, in a digest           | `Brief`, in those words                                                  |
| put an event into a reader's calendar  | `Calendar`, in those words                                               |
| show what did not arrive               | `not_arrived`, a count; `not_arrived_about` a case, by how keys begin    |
| send a card to tick with a letter      | `CardPage`, in those words; `card_pdf` prints one alone                  |
| show delays in sending                 | `late_messages`, `letters_waiting`, `oldest_turn`,                       |
|                                        | `oldest_waiting_letter`                                                  |
| keep from a reader that a message was   | `not_told`, in its `registrations`                                       |
| written                                |                                                                          |
| list and erase what went to a mailbox  | `told_elsewhere`, in its `registrations`                                 |
| of theirs before                       |                                                                          |
| ask who handles messages               | `may_handle`                                                             |
| say how a person hears of something    | `channel_to`                                                             |
| say how somebody is told, as it is now | `reached_now`; in words `way_to`, `channel_in_words`, and                |
|                                        | `obstacle_to_staff` where nothing reaches them                           |
| say to the person how, till a change    | `until_then`                                                             |
| counts                                 |                                                                          |
| change how a person can be reached     | `channels_for` them; `set_channel`, or `use_new_channel` after another   |
|                                        | change                                                                   |
| delete all messages to people who were  | `delete_messages_to`                                                     |
| written down by mistake                |                                                                          |
| send what waited for a log-in           | `send_what_waited`                                                       |
| know whether texts are sent, answered  | `texts_are_on`, `texts_can_be_answered`                                  |
"""

from partnership.outbox.channels.choosing import channel_to
from partnership.outbox.channels.reply_cards import card_pdf
from partnership.outbox.channels.sms import can_be_answered as texts_can_be_answered
from partnership.outbox.channels.sms import is_on as texts_are_on
from partnership.outbox.channels.ways import (
    Way,
    channel_in_words,
    obstacle_to_staff,
    reached_now,
    until_then,
    way_to,
)
from partnership.outbox.counting import (
    Late,
    Letters,
    late_messages,
    letters_waiting,
    not_arrived,
    oldest_turn,
    oldest_waiting_letter,
)
from partnership.outbox.erasing import delete_messages_to
from partnership.outbox.kinds import Brief, Calendar, CardPage, Kind, Words, kinds, words, words_of
from partnership.outbox.models import Message
from partnership.outbox.own_data import not_told, told_elsewhere
from partnership.outbox.posting import NewMessage, answer_typed, post, post_all, withdraw
from partnership.outbox.preferences.reaching import channels_for, send_what_waited, set_channel, use_new_channel
from partnership.outbox.reasons import OTHER_ADDRESS, Reason, why_withdrawn
from partnership.outbox.rules import may_handle
from partnership.outbox.scopes import not_arrived_about

__all__ = [
    "OTHER_ADDRESS",
    "Brief",
    "Calendar",
    "CardPage",
    "Kind",
    "Late",
    "Letters",
    "Message",
    "NewMessage",
    "Reason",
    "Way",
    "Words",
    "answer_typed",
    "card_pdf",
    "channel_in_words",
    "channel_to",
    "channels_for",
    "delete_messages_to",
    "kinds",
    "late_messages",
    "letters_waiting",
    "may_handle",
    "not_arrived",
    "not_arrived_about",
    "not_told",
    "obstacle_to_staff",
    "oldest_turn",
    "oldest_waiting_letter",
    "post",
    "post_all",
    "reached_now",
    "send_what_waited",
    "set_channel",
    "texts_are_on",
    "texts_can_be_answered",
    "told_elsewhere",
    "until_then",
    "use_new_channel",
    "way_to",
    "why_withdrawn",
    "withdraw",
    "words",
    "words_of",
]
