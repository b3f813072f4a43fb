"""English times: "tomorrow afternoon", "this weekend", "at half past six", "within two hours"."""

from typing import Final

from .numbers import number_pattern

_N: Final = number_pattern("en")
DAYS: Final = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
RELATIVE: Final = (
    ("today",),
    ("tomorrow",),
    ("the day after tomorrow", "day after tomorrow", "overmorrow"),
)
"""Names of today, tomorrow and the day after."""
PARTS: Final = {
    "morning": "morning", "noon": "noon", "midday": "noon", "lunchtime": "noon",
    "lunch": "noon", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "overnight": "night", "tonight": "tonight", "am": "morning", "a m": "morning",
    "pm": "afternoon", "p m": "afternoon", "in the morning": "morning",
    "in the afternoon": "afternoon", "in the evening": "evening", "at night": "evening",
}  # fmt: skip
SMALL_HOURS_ARE_LATE: Final = True
HOLIDAYS: Final = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "new year's": (1, 1), "new year": (1, 1),
}  # fmt: skip
ONE: Final = frozenset({"a", "an", "one"})
DAY_UNITS: Final = frozenset({"day", "days"})
WEEK_UNITS: Final = frozenset({"week", "weeks"})
MINUTE_UNITS: Final = frozenset({"minute", "minutes", "min", "mins"})
ONE_HOUR: Final = frozenset({"hour"})

_FOR: Final = (
    r"(?:(?:for|on|by|until|till|during|throughout|over|around|about|through) )?"
)
_HALF: Final = (
    r"(?: (?P<half_day>am|pm|a m|p m|in the morning|in the afternoon|in the evening"
    r"|at night))?"
)
_PART: Final = (
    r"morning|noon|midday|lunchtime|lunch|afternoon|evening|night|overnight|tonight"
)
_MONTHS: Final = "|".join(MONTHS)
_DAYS: Final = "|".join(DAYS)
_LATER: Final = r"(?: (?:from now|time))?"

PATTERNS: Final = (
    (
        "range",
        (rf"(?:between|from) (?P<from_n>{_N})(?: (?:am|pm|o'clock))? (?:and|to|until|till) "
        rf"(?P<to_n>{_N})(?: o'clock)?{_HALF}"),
    ),
    (
        "within",
        (rf"(?:(?:in|within|for|over|during|on) )?(?:the )?(?:next|coming|following) "
        rf"(?:(?:few|couple of|couple|several|(?P<count_n>{_N})) )?(?P<unit>hours?|days?)"),
    ),
    (
        "within",
        rf"(?:within|over) (?:the )?(?:(?P<count_n>{_N}|an?) )?(?P<unit>hours?|days?)",
    ),
    ("in", r"in (?P<half>half an?)(?P<count_n>) (?P<unit>hour)"),
    (
        "in",
        (rf"in (?:about )?(?P<count_n>{_N}|an?) (?P<unit>hours?|days?|minutes?|mins?|weeks?)"
        rf"{_LATER}"),
    ),
    (
        "clock",
        (rf"{_FOR}(?:(?P<midnight>(?:at )?midnight)|(?:at )?(?P<half>half(?: past)?) (?P<hour_h_n>{_N})"
        rf"|(?:at )?(?P<quarter>quarter past) (?P<hour_q_n>{_N})"
        rf"|(?:at|by|around|about|before|after|until|till|from) (?:about )?(?P<hour_n>{_N}))(?! (?:degrees|percent|%|days?|hours?|minutes?))"
        rf"(?: (?P<minute_n>{_N})(?! (?:degrees|days?)))?(?: o'clock)?{_HALF}"),
    ),
    (
        "clock",
        (rf"(?P<hour_n>{_N})(?: (?P<minute_n>\d\d))? (?:o'clock"
        rf"|(?P<half_day>am|pm|a m|p m))"),
    ),
    (
        "weekend",
        (rf"{_FOR}(?:(?:the|this|at the|on the) )?(?:(?:coming|upcoming) |(?P<next>next) )?"
        rf"week ?end(?: s)?"),
    ),
    (
        "week",
        rf"{_FOR}(?:this|(?P<next>next)|the(?: (?:coming|rest of the|rest of this))?) week",
    ),
    (
        "relative_day",
        (rf"{_FOR}(?P<day>the day after tomorrow|day after tomorrow|overmorrow|tomorrow|today)"
        rf"(?: s)?"),
    ),
    (
        "date",
        (rf"{_FOR}(?:(?:{_DAYS}) )?the (?P<date_n>{_N})(?: (?:st|nd|rd|th))?"
        rf"(?: (?:of )?(?P<month>{_MONTHS}))?"),
    ),
    (
        "date",
        rf"{_FOR}(?P<month_m>{_MONTHS}) (?:the )?(?P<date_m_n>{_N})(?: (?:st|nd|rd|th))?",
    ),
    (
        "holiday",
        (
            rf"{_FOR}(?:at )?"
            rf"(?P<holiday>{'|'.join(sorted(HOLIDAYS, key=len, reverse=True))})"
        ),
    ),
    (
        "weekday",
        rf"{_FOR}(?:(?:this|coming|(?P<next>next)) )?(?P<weekday>{_DAYS})(?: s)?",
    ),
    (
        "part",
        (rf"{_FOR}(?:(?P<this>this|later this) |(?:in|at|during|for|by|later in) (?:the )?"
        rf"|the |early |late )?(?P<part>{_PART})(?: s)?"),
    ),
    ("daytime", r"(?:during|in|for) the day(?:time)?"),
    ("now", (r"(?:right now|just now|now|at the minute|this instant|currently|at the moment|at present|presently"
            r"|this (?:very )?(?:moment|minute))")),
    ("later", r"(?:later on|later|the rest of the day|for the rest of the day)"),
    ("soon", r"(?:any ?time soon|soon|shortly)"),
)  # fmt: skip
