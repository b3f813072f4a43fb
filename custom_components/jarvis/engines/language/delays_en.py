"""English times: "in half an hour", "at 7 pm", "tomorrow morning", "for ten minutes"."""

from .numbers import number_pattern

CLUES = frozenset(
    """
    minute minutes min second seconds hour hours day days week weeks noon midnight
    tomorrow tonight morning evening afternoon later soon after until till every at
    sunset sunrise sundown dusk dawn bedtime nightfall
    monday tuesday wednesday thursday friday saturday sunday
    """.split()  # noqa: SIM905
)

SPANS = {
    "half an hour": 1800.0,
    "half a minute": 30.0,
    "a quarter of an hour": 900.0,
    "three quarters of an hour": 2700.0,
    "an hour and a quarter": 4500.0,
    "a half hour": 1800.0,
    "half hour": 1800.0,
    "half a hour": 1800.0,
    "a quarter hour": 900.0,
    "quarter hour": 900.0,
    "quarter of an hour": 900.0,
    "half minute": 30.0,
}
UNITS = {
    "second": 1.0, "seconds": 1.0, "minute": 60.0, "minutes": 60.0, "min": 60.0,
    "mins": 60.0, "sec": 1.0, "secs": 1.0, "hr": 3600.0, "hrs": 3600.0, "h": 3600.0,
    "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0,
    "week": 604800.0, "weeks": 604800.0,
}  # fmt: skip
ONE = frozenset({"a", "an"})
IN = r"in|after"
AND = "and"
HALF = r" and a half"

_N = number_pattern("en")
_HOUR = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
_DAY = (
    r"tomorrow morning|tomorrow evening|tomorrow night|tomorrow|tonight|this evening"
    r"|this afternoon|in the morning|in the evening|in the afternoon"
)
# A bare number is no time: "at 50" may be a brightness. A day, minutes or am and pm
# make it one.
CLOCK = (
    rf"(?:(?P<before>{_DAY}) )?at "
    r"(?:(?P<noon>noon)|(?P<midnight>midnight)"
    r"|(?:(?P<half>half past)|(?P<quarter>(?:a )?quarter past)"
    rf"|(?P<to_quarter>(?:a )?quarter to)) (?P<hour_past>{_HOUR})"
    rf"|(?P<hour>{_HOUR})(?: (?P<minute>{_N}))?)"
    r"(?P<o_clock> o'clock)?(?: (?P<half_day>a ?m|p ?m))?"
    rf"(?: (?P<after>{_DAY}))?"
)
MORNING = frozenset({"am", "a m", "in the morning", "tomorrow morning"})
EVENING = frozenset(
    {"pm", "p m", "in the evening", "in the afternoon", "tomorrow evening",
     "tomorrow night", "tonight", "this evening", "this afternoon"}
)  # fmt: skip
TOMORROW = "tomorrow"

_AT = rf"at (?:{_HOUR}(?: {_N})?(?: (?:a ?m|p ?m))?|noon|midnight)"
_DAYS = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
OPEN = (
    rf"{_DAY}|later(?: today| tonight)?|soon|in a (?:while|bit|moment)"
    rf"|(?:on |next )?{_DAYS}(?: (?:morning|evening|night))?"
    rf"|every (?:day|morning|evening|night|hour|{_DAYS})(?: {_AT})?"
    r"|(?:at|before|after) (?:sunset|sunrise|sundown|dusk|dawn|bedtime|nightfall)"
    r"|after (?:the )?(?:dinner|lunch|breakfast|work|school|sunset|sunrise)"
    rf"|for (?:{'|'.join(SPANS)}|(?:an?|{_N}) (?:{'|'.join(UNITS)})(?: and a half)?)"
    rf"|(?:until|till) (?:{_HOUR}(?: {_N})?(?: (?:a ?m|p ?m))?|noon|midnight|tomorrow"
    r"|tonight|morning|sunset|sunrise)"
)
