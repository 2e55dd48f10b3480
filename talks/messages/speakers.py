"""What speakers hear of themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.outbox.post import Message, Words, words
from talks.formats import FORMATS
from talks.messages.posters import opens_pages
from talks.models import Speaker


@words("talks.speaker_named", transactional=True, called=gettext_lazy("Speaker: named by staff"))
def speaker_named(message: Message) -> Words | None:
    """To somebody whom staff have made a speaker: what it means, and how they say which evenings they can. Nothing if
    they give no talks any more.
    """
    speaker = Speaker.objects.filter(pk=message.about.get("speaker"), is_active=True).first()
    if speaker is None or speaker.person != message.recipient:
        return None
    here = message.partnership
    how = (
        _("Enter this email address on the log-in page, and we will send you a code by email. There is no password.")
        if opens_pages(message)
        else _("Call us, and we write down which evenings you can: %(name)s, %(phone)s.") % here.call_us
    )
    given = [str(FORMATS[key].title) for key in speaker.formats if key in FORMATS]
    return Words(
        subject=_("You are a speaker at %(name)s") % {"name": here.name},
        paragraphs=[
            _(
                "Say which evenings you can, and associations can ask for one of them. We write to you when a talk is "
                "agreed, and remind you before it."
            ),
            how,
            _("If that is not right, call us: %(name)s, %(phone)s.") % here.call_us,
        ],
        facts=[(_("Your talks"), ", ".join(given))] if given else [],
        button=(_("Say which evenings you can"), here.url(reverse("talks:slots"))),
    )
