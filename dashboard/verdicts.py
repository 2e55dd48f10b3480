"""A verdict in plain words, in the active language. Counts first; a percentage only with both of its counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboard.kpis import Comparison, Status, Verdict
from partnership.fields.printed_numbers import decimal, grouped


@dataclass(frozen=True, slots=True)
class VerdictInWords:
    """A verdict in words: the status for a badge, one sentence, and how much of it may be chance."""

    status: Status
    sentence: str
    change: str


def in_words(verdict: Verdict) -> VerdictInWords:
    """Return the verdict in the active language."""
    return VerdictInWords(verdict.status, sentence(verdict), change_sentence(verdict))


# A function, so that they are translated when shown.
def _patterns() -> dict[Status, str]:
    return {
        Status.UNKNOWN: _("We cannot say how it is going: not all of the last four quarters are known."),
        Status.TOO_EARLY: _(
            "It is too early to say: the %(count)s reported burglaries up to %(quarter)s lie wholly or partly before "
            "the agreement."
        ),
        Status.REACHED: _(
            "The target is reached for now: %(count)s burglaries were reported in the four quarters up to "
            "%(quarter)s, and the target is at most %(target)s."
        ),
        Status.AHEAD: _(
            "We are ahead: %(count)s burglaries were reported in the four quarters up to %(quarter)s. To reach the "
            "target of %(target)s, there could have been at most %(path)s at %(end)s."
        ),
        Status.ON_TRACK: _(
            "We are on the way: %(count)s burglaries were reported in the four quarters up to %(quarter)s. To reach "
            "the target of %(target)s, there could have been at most %(path)s at %(end)s."
        ),
        Status.BEHIND: _(
            "We are behind: %(count)s burglaries were reported in the four quarters up to %(quarter)s. To reach the "
            "target of %(target)s, there could have been at most %(path)s at %(end)s."
        ),
        Status.MISSED: _(
            "The target was not reached: %(count)s burglaries were reported in the four quarters up to "
            "%(quarter)s, and the target was at most %(target)s."
        ),
    }


def sentence(verdict: Verdict) -> str:
    """Return the verdict in one plain sentence with its counts."""
    return _patterns()[verdict.status] % {
        "count": grouped(verdict.window.count) if verdict.window else "",
        "quarter": verdict.window.last.label if verdict.window else "",
        "end": verdict.window.last.end_in_words if verdict.window else "",
        "target": grouped(verdict.goal.target),
        "path": grouped(verdict.path or 0),
    }


def change_sentence(verdict: Verdict) -> str:
    """Return how much the count has changed since the baseline, and whether that is more than chance; "" if unknown."""
    change = verdict.change
    if verdict.window is None or change is None:
        return ""
    values = {
        "change": grouped(abs(change)),
        "before": grouped(verdict.goal.baseline),
        "after": grouped(verdict.window.count),
        "end": verdict.window.last.end_in_words,
        "percent": _signed(verdict.percent),
    }
    pattern = _change_pattern(change, normal=verdict.is_normal_variation, with_percent=verdict.percent is not None)
    return _with_whole_percentages(pattern % values)


def _change_pattern(change: int, *, normal: bool, with_percent: bool) -> str:
    if change == 0:
        return _("That is as many as the baseline: %(before)s then and %(after)s up to %(end)s.")
    if not with_percent:
        if normal:
            return _("From %(before)s to %(after)s: a change within normal variation.")
        return _("From %(before)s to %(after)s: a change beyond normal variation.")
    if normal and change < 0:
        return _(
            "That is %(change)s fewer than the baseline (%(before)s then, %(after)s up to %(end)s, %(percent)s%%): a "
            "change within normal variation, as it can come by chance from one year to the next."
        )
    if normal:
        return _(
            "That is %(change)s more than the baseline (%(before)s then, %(after)s up to %(end)s, %(percent)s%%): a "
            "change within normal variation, as it can come by chance from one year to the next."
        )
    if change < 0:
        return _(
            "That is %(change)s fewer than the baseline (%(before)s then, %(after)s up to %(end)s, %(percent)s%%): "
            "more than normal variation explains."
        )
    return _(
        "That is %(change)s more than the baseline (%(before)s then, %(after)s up to %(end)s, %(percent)s%%): more "
        "than normal variation explains."
    )


def _signed(percent: int | None) -> str:
    """Return a percentage with its sign: a minus character, since a line could break after a hyphen."""
    if not percent:
        return "0"
    return f"{'+' if percent > 0 else '−'}{abs(percent)}"


def _with_whole_percentages(sentence: str) -> str:
    """Keep a line from breaking between a number and its %."""
    return sentence.replace(" %", "\N{NO-BREAK SPACE}%")


def helpers_sentence(active: int, on_course: int) -> str:
    """Return how many active helpers there are, against how many there would be on an even course."""
    if active < on_course:
        pattern = _("Behind: at the same number each month, there would be about %(course)s by now.")
    else:
        pattern = _("On the way: at the same number each month, there would be about %(course)s by now.")
    return pattern % {"course": grouped(on_course)}


def goal_without_a_day(helpers: int, *, is_made_up: bool) -> str:
    """Return where the goal for helpers is from, where no last day has been set for it."""
    if is_made_up:
        return _("The goal of %(goal)s is made up for the demonstration.") % {"goal": grouped(helpers)}
    return _("The goal of %(goal)s is our own. It has no date yet.") % {"goal": grouped(helpers)}


def comparison_sentence(comparison: Comparison, name: str) -> str:
    """Return what would be expected if the area had changed like the rest of the country."""
    values = {
        "name": name,
        "expected": grouped(comparison.expected),
        "after": grouped(comparison.after),
        "others_before": grouped(comparison.others_before),
        "others_after": grouped(comparison.others_after),
    }
    if comparison.others_after < comparison.others_before:
        others = _(
            "In the rest of the country, burglaries in four quarters fell from %(others_before)s to %(others_after)s."
        )
    elif comparison.others_after > comparison.others_before:
        others = _(
            "In the rest of the country, burglaries in four quarters rose from %(others_before)s to %(others_after)s."
        )
    else:
        others = _("In the rest of the country there were as many burglaries in four quarters: %(others_after)s.")
    here = _(
        "Had it gone the same way in %(name)s, there would have been about %(expected)s here; there were %(after)s."
    )
    return f"{others} {here}" % values


def certainty_sentence(comparison: Comparison) -> str:
    """Return how certain the comparison is, with its ratio and 95 % interval."""
    ratio = comparison.ratio
    values = {"ratio": decimal(ratio.value), "low": decimal(ratio.low), "high": decimal(ratio.high)}
    if not ratio.is_clear:
        pattern = _(
            "The ratio is %(ratio)s (95%% interval %(low)s–%(high)s): that may be chance. The interval is rather too "
            "narrow, as burglaries come in series."
        )
    elif ratio.value < 1:
        pattern = _(
            "The ratio is %(ratio)s (95%% interval %(low)s–%(high)s): better than the rest of the country, though the "
            "figures do not show why. The interval is rather too narrow, as burglaries come in series."
        )
    else:
        pattern = _(
            "The ratio is %(ratio)s (95%% interval %(low)s–%(high)s): worse than the rest of the country, though the "
            "figures do not show why. The interval is rather too narrow, as burglaries come in series."
        )
    return _with_whole_percentages(pattern % values)
