"""What the entrance adds to the portal."""

from fractions import Fraction

from allauth.account.signals import email_confirmed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.utils.translation import gettext_lazy as _

from entrance.actions.connecting import count_first_factor_as_used
from entrance.actions.ending import end_all_of_another_mailbox, end_all_of_inactive, end_all_of_last_role
from entrance.actions.opening_mailboxes import open_confirmed
from entrance.actions.removing_factors import end_other_log_ins, remove_earlier_ways_in
from entrance.actions.saying_codes_left import say_codes_left
from entrance.messages import by_code, log_in, reach, roles
from entrance.messages import changes as changes_told
from entrance.own_codes import messages as own_codes
from entrance.own_codes.ending import REASON, code_may_have_ended, delete_printed_codes, end_printed_codes
from entrance.own_codes.for_callers import ended_letter, letter_with_code
from entrance.own_data import NOT_GIVEN, SECTIONS, messages_to_earlier_mailboxes, unused_letters
from entrance.own_page import log_ins_card, ways_offered
from entrance.retention import RULES
from entrance.rules import has_still_to_show_factor
from entrance.telling import (
    code_is_next,
    code_is_next_again,
    factor_added,
    factor_removed,
    tell_new_staff,
    tell_of_change_by_code,
    tell_of_correction,
    tell_of_doubt,
    tell_of_erased_staff,
    tell_of_home,
    tell_of_new_mailbox,
    tell_of_own_roles,
    tell_of_protection,
    tell_of_reach,
    tell_of_roles,
    tell_of_unproven,
)
from partnership import retention
from partnership.outbox.post import Reason, kinds, not_told, told_elsewhere, why_withdrawn, words_of
from partnership.people import changes, limits, own_page
from partnership.people.actions import erasing
from partnership.people.own.sections import not_given, sections
from partnership.people.staff import call_desk
from partnership.people.staff.ended import ended, ended_by_oneself
from partnership.web import menus

menus.closed.add(has_still_to_show_factor)
own_page.cards.add(log_ins_card, order=90)
own_page.offers.add(ways_offered)
kinds.add(*words_of(changes_told, log_in, reach, by_code, roles, own_codes))
limits.limited_forms.add(
    limits.LimitedForm("entrance.new_email"),
    # A text costs money, and a letter a walk to the post.
    limits.LimitedForm("entrance.by_text", share=Fraction(1, 3)),
    limits.LimitedForm("entrance.by_letter", share=Fraction(1, 6)),
    # A care home or a library types from one IP address. Twelve digits are many enough: see the test of guessing.
    limits.LimitedForm("entrance.printed_code", share=Fraction(2)),
)
erasing.deletions.add(delete_printed_codes)
call_desk.tasks.add(letter_with_code, order=70)
ended.add(ended_letter)
ended_by_oneself.add(code_may_have_ended)
retention.rules.add(*RULES)
changes.of_mailbox.add(tell_of_new_mailbox, end_all_of_another_mailbox)
changes.of_corrections.add(tell_of_correction)
changes.to_staff.add(remove_earlier_ways_in, tell_new_staff)
changes.from_staff.add(end_all_of_last_role)
changes.of_roles.add(tell_of_roles)
changes.of_activity.add(end_all_of_inactive)
changes.of_erasing.add(tell_of_erased_staff)
changes.of_protection.add(tell_of_protection)
changes.of_reach.add(end_printed_codes)
changes.of_homes.add(tell_of_home)
changes.of_reach_by_staff.add(tell_of_reach)
changes.of_reach_by_code.add(tell_of_change_by_code)
changes.of_unproven.add(tell_of_unproven)
changes.of_doubt.add(tell_of_doubt)
why_withdrawn.add(Reason(REASON, _("The reader has moved, or is reached in another way. They can ask for a new code.")))
changes.next_steps.add(code_is_next)
changes.next_steps_of_mailbox.add(code_is_next_again)
changes.of_own_roles.add(tell_of_own_roles)
email_confirmed.connect(open_confirmed, dispatch_uid="a_code_opens_a_mailbox_that_was_held_back")
authenticator_added.connect(count_first_factor_as_used, dispatch_uid="connecting_shows_the_second_factor")
authenticator_added.connect(factor_added, dispatch_uid="administrators_hear_of_a_factor_added")
authenticator_removed.connect(factor_removed, dispatch_uid="administrators_hear_of_a_factor_removed")
authenticator_used.connect(say_codes_left, dispatch_uid="after_a_recovery_code_it_is_said_how_many_are_left")
authenticator_removed.connect(end_other_log_ins, dispatch_uid="the_last_second_factor_ends_other_log_ins")
sections.add(*SECTIONS, order=50)
not_told.add(unused_letters)
told_elsewhere.add(messages_to_earlier_mailboxes)
not_given.add(*NOT_GIVEN)
