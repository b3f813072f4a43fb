"""English questions, folded."""

PREFIX = (
    r"(?:(?:can|could|would|will) you(?: please)? (?:tell|remind) me|do you know"
    r"|(?:tell|remind|give) me|(?:i'd|i would) like to know|i (?:want|need) to know"
    r"|any idea|let me know|can you (?:check|see)|could you (?:check|see)"
    r"|check|see)(?= )"
)

STATES = (
    (r"(?:switched |turned )?on|running", "on"),
    (r"(?:switched |turned )?off", "off"),
    (r"open|opened", "open"),
    (r"closed?|shut", "closed"),
    (r"lock(?:ed)?", "locked"),
    (r"unlock(?:ed)?", "unlocked"),
)

PLAIN = {"time": "what time is it", "date": "what is the date",
         "weather": "what is the weather"}  # fmt: skip

_STATE = f"(?P<state>{'|'.join(pattern for pattern, _ in STATES)})"
_NOW = r"(?: (?:now|right now|today|at the moment|currently|exactly|please))*"
_WHERE = (
    r"(?: (?:in|at|on|of|for|inside)(?: the| my| our)? (?P<where>.+?)"
    r"| (?P<what>outside|outdoors))?"
)
_STILL = r"(?: (?:still|already|currently|all|really))*"
_END = r"(?: \?)?"
_WHAT = r"(?:what is|what's|whats|what are|what) (?:the )?(?:current )?"

PATTERNS = (
    (
        "time",
        (
            rf"(?:what time(?: is it| it is| is it now)?|(?:{_WHAT}|the )time(?: is it)?"
            rf"|(?:do you have|have you got|got|you have) the time){_NOW}{_END}"
        ),
    ),
    (
        "date",
        (
            rf"(?:(?:what|which) (?:day|date)(?: of the (?:month|week))? (?:is it|it is|is today)"
            rf"|(?:{_WHAT}|the )(?:today's |todays )?date(?: is it)?"
            rf"|what is today|what's today){_NOW}{_END}"
        ),
    ),
    (
        "weather",
        (
            rf"(?:(?:how is|how's|{_WHAT}|the|what is the|what's the) ?(?:the )?weather"
            rf"(?: like| looking| doing| it is)?|(?:what is|what's|what) (?:it like outside|the weather(?:'s| is| will)? like)"
            rf"|is it (?:nice|sunny)(?: out)?)(?: outside| out(?: there)?)?{_NOW}{_END}"
        ),
    ),
    (
        "temperature",
        rf"what temperature (?:is it|it is|do we have|is there){_NOW}{_WHERE}{_NOW}{_END}",
    ),
    (
        "temperature",
        rf"how (?:warm|hot|cold|cool) (?:is it|it is|is){_NOW}{_WHERE}{_NOW}{_END}",
    ),
    (
        "temperature",
        rf"how many degrees (?:is it|it is|are there|do we have){_NOW}{_WHERE}{_END}",
    ),
    (
        "temperature",
        rf"how (?:warm|hot|cold|cool) is (?:the |my |our )?(?P<where>.+?){_NOW}{_END}",
    ),
    ("temperature", rf"is it (?:warm|hot|cold|cool|chilly){_NOW}{_WHERE}{_END}"),
    (
        "temperature",
        rf"(?:{_WHAT}|the )(?:temperature|temp)(?: like)?{_NOW}{_WHERE}{_NOW}{_END}",
    ),
    (
        "temperature",
        rf"(?:{_WHAT}|the )(?P<where>.+?)(?:'s)? (?:temperature|temp)(?: like)?{_NOW}{_END}",
    ),
    ("humidity", rf"how humid (?:is it|it is){_NOW}{_WHERE}{_END}"),
    (
        "humidity",
        rf"(?:{_WHAT}|the )humidity(?: level)?(?: like)?{_NOW}{_WHERE}{_NOW}{_END}",
    ),
    (
        "humidity",
        rf"(?:{_WHAT}|the )(?P<where>.+?)(?:'s)? humidity(?: level)?{_NOW}{_END}",
    ),
    (
        "which",
        (
            rf"(?:what is|what's|whats|what){_STILL} {_STATE}"
            r"(?: (?:in|at)(?: the)? (?P<where>.+?))?"
            rf"{_NOW}{_END}"
        ),
    ),
    (
        "which",
        (
            r"(?:which|what|are (?:there )?any|is (?:there )?any|is there an?)(?: of the)?"
            rf" (?P<what>\w+)(?: (?:is|are)| did i leave| have i left| i left)?{_STILL}"
            rf" {_STATE}(?: (?:in|at)(?: the)? (?P<where>.+?))?{_NOW}{_END}"
        ),
    ),
    (
        "state",
        rf"(?:is|are) (?P<what>.+?){_STILL} {_STATE}{_NOW}{_END}",
    ),
    (
        "state",
        rf"(?:if|whether) (?P<what>.+?) (?:is|are){_STILL} {_STATE}{_NOW}{_END}",
    ),
    ("state", rf"(?P<what>.+?) (?:is|are){_STILL} {_STATE}{_NOW} \?"),
    (
        "state",
        (
            rf"(?:did i (?:leave|forget)|have i left|if i left|whether i left)"
            rf" (?P<what>.+?){_STILL} {_STATE}{_END}"
        ),
    ),
    (
        "state",
        (
            rf"(?:did i|have i|if i|whether i) "
            rf"(?P<state>lock|locked|closed|close|shut|open|opened|unlock|unlocked)"
            rf" (?P<what>.+?){_END}"
        ),
    ),
    (
        "state",
        (
            rf"(?:did i|have i|if i|whether i) (?:turn(?:ed)?|switch(?:ed)?)"
            rf" (?P<state>off|on) (?P<what>.+?){_END}"
        ),
    ),
    (
        "state",
        (
            rf"(?:did i|have i|if i|whether i) (?:turn(?:ed)?|switch(?:ed)?)"
            rf" (?P<what>.+?) (?P<state>off|on){_END}"
        ),
    ),
)
