"""English questions, folded."""

PREFIX = (
    r"(?:(?:can|could|would|will) you(?: please)? (?:tell|remind) me|do you know"
    r"|(?:tell|remind|give) me|(?:i'd|i would) like to know|i (?:want|need) to know"
    r"|any idea|let me know|can you (?:check|see)|could you (?:check|see)"
    r"|please check|check|see|so|and|hey|ok|okay)(?= )"
)

STATES = (
    (r"(?:switched |turned )?on|running|burning|plugged in|going", "on"),
    (r"(?:switched |turned )?off", "off"),
    (r"(?:left |wide )?open|opened|ajar", "open"),
    (r"(?:closed?|shut)(?: up)?", "closed"),
    (r"lock(?:ed)?(?: up)?", "locked"),
    (r"unlock(?:ed)?", "unlocked"),
    (r"armed|activated|set", "armed"),
    (r"disarmed|deactivated", "disarmed"),
    (r"(?:at )?home|in the house|back(?: home)?|around|here|present|there", "home"),
    (r"away|out|gone|absent", "away"),
    (r"playing", "playing"),
    (r"paused", "paused"),
    (r"low|empty|flat|almost (?:empty|dead|flat)|dead", "low"),
    (r"detected|active|triggered", "detected"),
)

QUANTIFIERS = (
    (r"(?:all|every|each|both)(?: of)?|every(?:thing|one|body)|they all", "all"),
    (
        (
            r"(?:any|some|either|one|an?)(?: of)?|(?:any|some)(?:thing|one|body)"
            r"|no(?:body| one)"
        ),
        "any",
    ),
)

PLAIN = {"time": "what time is it", "date": "what is the date",
         "weather": "what is the weather"}  # fmt: skip

_STATE = f"(?P<state>{'|'.join(pattern for pattern, _ in STATES)})"
_NOW = (
    r"(?: (?:now|right now|today|at the moment|currently|exactly|please|anywhere"
    r"|somewhere|properly|tonight|at all))*"
)
_IN = r"(?:in|at|on|of|for|inside|from)"
_WHERE = rf"(?: {_IN}(?: the| my| our)? (?P<where>.+?)| (?P<what>outside|outdoors))?"
# Without it first: "now" is no room.
_ROOM = r"(?: (?:(?:in|at|on|inside) )?(?:(?:the|my|our) )?(?P<where>.+?))??"
_STILL = (
    r"(?: (?:still|already|currently|really|actually|left|now|being|been|properly|definitely"
    r"|securely|firmly)"
    r"| (?P<all>all|both))*"
)
_NOT = r"(?P<neg> not)?"
_AS_YET = _STILL.replace("(?P<all>", "(?:")
_END = r"(?: or (?:not|open|closed|shut|on|off|locked|unlocked))?(?: \?)?"
_MARK = _END.replace(r"(?: \?)?", r" \?")
_WHAT = r"(?:what is|what's|whats|what are|what|how is|how's) (?:the |my |our )?(?:current )?"
_Q = (
    r"(?P<q>(?:any|some|either|one|an?|all|every|each|both|no|none)(?: of)?)"
    r"(?: the| my| our| these| those)?"
)
_DID = (
    r"(?:did (?:i|we|you|anyone|someone|anybody|somebody)|have (?:i|we)|has anyone"
    r"|(?:if|whether) (?:i|we|anyone|someone))"
)
_BE = r"(?:is|are|isn't|aren't|was|were)"
_THERE = r"(?:(?:is|are) there|there is|there's|have we got|do (?:we|i) have|if there is|if there are)"

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
    # What a thermostat is set to.
    (
        "setpoint",
        (
            rf"what(?: temperature| temp)? (?:is|are)(?: the| my| our)? (?P<what>.+?)"
            rf" (?:set|turned up) (?:to|at|on){_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "setpoint",
        rf"{_WHAT}(?:target|set|desired) temperature{_WHERE}{_NOW}{_END}",
    ),
    ("setpoint", rf"{_WHAT}setpoint{_WHERE}{_NOW}{_END}"),
    # What is measured.
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
        "value",
        (
            r"how (?:much|many) (?P<what>power|energy|electricity|battery|charge|co2|light|gas|water)"
            r"(?: (?:is|does|are|do|has))?(?: the| my| our)? ?(?P<where>.+?)?"
            rf"(?: (?:using|use|uses|have|consuming|consume|drawing|got))?(?: left)?{_NOW}{_END}"
        ),
    ),
    (
        "playing",
        (
            rf"(?:what|what's|what is|what song|which song|what music|what track)(?: is|'s)?"
            rf"(?: currently)? playing{_NOW}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "playing",
        (
            r"(?:what|which) (?:song|music|track|album) is (?:this|that|it|on)"
            rf"{_NOW}{_ROOM}{_END}|what am i listening to{_NOW}(?: \?)?"
        ),
    ),
    # Persons.
    ("which", rf"who(?: is|'s| are|s)?{_NOT}{_STILL} {_STATE}{_NOW}{_END}"),
    ("which", rf"who(?: is|'s) (?P<neg>not|n't) {_STATE}{_NOW}{_END}"),
    ("which", rf"who(?P<neg> isn't) {_STATE}{_NOW}{_END}"),
    (
        "is",
        (
            rf"(?:is|if|whether) (?P<q>any(?:one|body)|some(?:one|body)|every(?:one|body)|no(?:body| one))"
            rf"(?: is)?{_STILL} {_STATE}{_NOW}{_END}"
        ),
    ),
    ("where", rf"where(?: is|'s|s| are) (?:the |my |our )?(?P<what>.+?){_NOW}{_END}"),
    ("where", rf"where can i find (?:the |my |our )?(?P<what>.+?){_NOW}{_END}"),
    # How many, which, any, all.
    (
        "count",
        (
            rf"how many(?: of the)? (?P<what>.+?)(?: (?:is|are|have i left|did i leave))"
            rf"(?P<neg> not)?{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "count",
        rf"how many(?: of the)? (?P<what>.+?) (?P<neg>aren't|isn't){_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    ("count", rf"how many (?P<what>.+?) {_STATE}{_ROOM}{_NOW}{_END}"),
    (
        "which",
        rf"what(?: is|'s|s)?{_AS_YET}{_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    (
        "which",
        (
            rf"(?:which|what)(?: of)?(?: the| my| our)?(?: (?P<what>.+?))?"
            rf" (?:is|are|did (?:i|we) leave|have (?:i|we) left|(?:i|we) left)"
            rf"{_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "which",
        (
            rf"(?:which|what)(?: of)?(?: the| my| our)?(?: (?P<what>.+?))?"
            rf" (?P<neg>isn't|aren't){_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "any",
        (
            rf"{_THERE}{_AS_YET}(?: any| an?| some| one)?(?: of the)? (?P<what>.+?)"
            rf"(?: (?:that is|that are|which is|which are))?{_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "is",
        (
            rf"(?:{_BE}|if|whether) {_Q} (?P<what>.+?)(?: (?:is|are))?"
            rf"{_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "is",
        (
            rf"(?:{_BE}|if|whether) (?P<q>anything|something|everything|all|they all)"
            rf"(?: (?:is|are))?{_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "is",
        rf"(?P<q>anything|everything|all)(?: is)?{_STILL} {_STATE}{_ROOM}{_NOW}{_MARK}",
    ),
    (
        "is",
        rf"{_Q} (?P<what>\w+)(?: is| are)?{_STILL} {_STATE}{_ROOM}{_NOW}{_MARK}",
    ),
    # What a detector tells of.
    (
        "any",
        (
            rf"{_THERE}{_STILL}(?: any| an?| some)? (?P<what>.+?)(?P<detected>(?: detected)?)"
            rf"{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "any",
        (
            rf"(?:has|have|was|is)(?: any| an?| some)? (?P<what>.+?) been {_STATE}"
            rf"{_ROOM}{_NOW}{_END}"
        ),
    ),
    ("any", rf"any (?P<what>\w+(?: \w+)?){_ROOM}{_NOW}{_MARK}"),
    # One thing, or some by name.
    (
        "is",
        rf"{_BE}(?: the| my| our)? (?P<what>.+?){_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    (
        "is",
        (
            rf"(?:if|whether) (?P<what>.+?) (?:is|are){_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}"
            rf"{_END}"
        ),
    ),
    (
        "is",
        rf"(?P<what>.+?) (?:is|are){_NOT}{_STILL} {_STATE}{_ROOM}{_NOW}{_MARK}",
    ),
    (
        "is",
        (
            rf"{_DID} (?:leave|left|forget(?! to))(?: (?P<q>any|a|some|all)(?: of)?(?: the)?)?"
            rf" (?P<what>.+?){_STILL} {_STATE}{_ROOM}{_END}"
        ),
    ),
    (
        "is",
        (
            rf"{_DID} (?:remember|(?P<neg>forget)) to (?P<state>close|shut|lock|open|unlock)"
            rf"(?: (?P<q>any|all)(?: of)?(?: the)?)? (?P<what>.+?){_END}"
        ),
    ),
    (
        "is",
        (
            rf"{_DID} (?:remember|(?P<neg>forget)) to (?:turn|switch) (?P<state>off|on)"
            rf"(?: (?P<q>any|all)(?: of)?(?: the)?)? (?P<what>.+?){_END}"
        ),
    ),
    (
        "is",
        (
            rf"{_DID} "
            rf"(?P<state>lock|locked|closed|close|shut|open|opened|unlock|unlocked)"
            rf"(?: (?P<q>any|all)(?: of)?(?: the)?)? (?P<what>.+?){_END}"
        ),
    ),
    (
        "is",
        rf"{_DID} (?:turn(?:ed)?|switch(?:ed)?) (?P<state>off|on) (?P<what>.+?){_END}",
    ),
    (
        "is",
        rf"{_DID} (?:turn(?:ed)?|switch(?:ed)?) (?P<what>.+?) (?P<state>off|on){_END}",
    ),
    (
        "place",
        (
            rf"(?:is|are|if|whether) (?P<what>.+?)(?: is)?{_STILL}"
            rf" (?:in|at)(?: the| my| our)? (?P<where>.+?){_NOW}{_END}"
        ),
    ),
    (
        "value",
        rf"{_WHAT}(?:state|status|value|level) of (?:the |my )?(?P<what>.+?){_NOW}{_END}",
    ),
    (
        "value",
        rf"{_WHAT}(?P<what>.+?)(?: {_IN}(?: the| my| our)? (?P<where>.+?))?{_NOW}{_END}",
    ),
)
