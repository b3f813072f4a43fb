"""French questions, folded: "est-ce que" is "est ce que", "l'heure" is "l' heure"."""

PREFIX = (
    r"(?:(?:est ce que )?(?:tu|vous) (?:sais|savez|peux|pouvez|pourrais|pourriez)"
    r"(?: (?:me|nous) dire)?|(?:sais|peux|pourrais) tu(?: (?:me|nous) dire)?"
    r"|(?:savez|pouvez|pourriez) vous(?: (?:me|nous) dire)?"
    r"|(?:dis|dites|donne|donnez|rappelle|indique)(?: moi| nous)?"
    r"|j' aimerais (?:bien )?savoir|je (?:veux|voudrais)(?: bien)? savoir"
    r"|verifie|verifier|regarde)(?= )"
)

STATES = (
    (r"allumee?s?|en (?:marche|route)", "on"),
    (r"eteinte?s?|coupee?s?|arretee?s?", "off"),
    (r"ouverte?s?", "open"),
    (r"(?:verrouillee?s?|fermee?s? a cle)", "locked"),
    (r"fermee?s?", "closed"),
    (r"deverrouillee?s?", "unlocked"),
)

PLAIN = {"time": "quelle heure est-il", "date": "quelle est la date",
         "weather": "quelle est la météo"}  # fmt: skip

_STATE = f"(?P<state>{'|'.join(pattern for pattern, _ in STATES)})"
_NOW = r"(?: (?:actuellement|maintenant|en ce moment|la|deja|exactement|aujourd'hui))*"
_IN = r"(?:dans|de|d'|du|des|a|au|aux|en|pour|sur)(?: (?:la|le|les|l'))?"
_WHERE = rf"(?: (?:{_IN} )?(?P<where>.+?))?"
_STILL = r"(?: (?:bien|encore|toujours|deja|actuellement|tous|toutes))*"
_END = r"(?: \?)?"
_IT_IS = (
    r"(?:est ce qu' il (?:fait|y a)|fait il|il fait|il y a|y a t il|on a|avons nous)"
)

PATTERNS = (
    (
        "time",
        (
            rf"(?:quelle heure (?:est il|il est|est ce qu' il est|on a)|il est quelle heure"
            rf"|(?:est ce que )?(?:tu as|t' as|as tu|vous avez|avez vous|on a) l' heure"
            rf"|(?:c' est quoi |quelle est )?l' heure(?: qu' il est)?){_NOW}{_END}"
        ),
    ),
    (
        "date",
        (
            r"(?:(?:on est|nous sommes|c' est) (?:quel jour|le combien|quelle date)"
            r"|(?:quel jour|quelle date|le combien) (?:on est|sommes nous|est on|est ce"
            r"|nous sommes|c' est|est ce qu' on est)"
            r"|(?:quelle est |c' est quoi )?la date(?: du jour)?)"
            rf"(?: d')?{_NOW}{_END}"
        ),
    ),
    (
        "weather",
        (
            rf"(?:(?:il fait|fait il|c' est) quel temps|quel temps (?:il fait|fait il|il y a"
            rf"|est ce qu' il fait|on a|avons nous)|(?:c' est quoi |quelle est |donne moi )?"
            rf"(?:la )?meteo|est ce qu' il fait beau|fait il beau|le temps qu' il fait)"
            rf"(?: dehors)?{_NOW}{_END}"
        ),
    ),
    (
        "temperature",
        (
            rf"(?:quelle|c' est quoi|quelle est)(?: la)? temperature(?: {_IT_IS})?"
            rf"{_NOW}{_WHERE}{_NOW}{_END}"
        ),
    ),
    (
        "temperature",
        (
            rf"(?:il fait|fait il) (?:combien|quelle temperature)(?: de degres?)?{_NOW}"
            rf"{_WHERE}{_END}"
        ),
    ),
    (
        "temperature",
        (
            rf"combien (?:de degres? {_IT_IS}|(?:il fait|fait il)(?: de degres?)?){_NOW}"
            rf"{_WHERE}{_END}"
        ),
    ),
    (
        "temperature",
        (
            rf"(?:est ce qu' il fait|fait il|il fait) (?:chaud|froid|bon|frais){_NOW}"
            rf"{_WHERE} \?"
        ),
    ),
    ("temperature", rf"la temperature{_NOW}{_WHERE}{_END}"),
    (
        "humidity",
        (
            rf"(?:quel(?:le)?(?: est)?|c' est quoi)?(?: ?(?:le|l'))?(?: ?taux d')? ?humidite"
            rf"(?: {_IT_IS})?{_NOW}{_WHERE}{_END}"
        ),
    ),
    (
        "which",
        (
            rf"(?:qu' est ce qui|c' est quoi qui) (?:est|reste){_STILL} {_STATE}"
            rf"{_WHERE}{_END}"
        ),
    ),
    (
        "which",
        (
            r"(?:quel(?:le)?s?(?: sont)?(?: les)?|y a t il|est ce qu' il (?:y a|reste)"
            r"|il (?:y a|reste))(?: encore)?(?: des| une?| d' autres)? (?P<what>\w+)"
            rf"(?: qui)?(?: (?:est|sont|reste|restent)| (?:j' ai|ai je|on a) laissee?s?)?"
            rf"{_STILL} {_STATE}{_WHERE}{_END}"
        ),
    ),
    (
        "state",
        (
            rf"(?:est ce que|est ce qu'|si|s') (?P<what>.+?) (?:est|sont){_STILL} {_STATE}"
            rf"{_NOW}{_END}"
        ),
    ),
    (
        "state",
        rf"(?P<what>.+?) (?:est|sont) (?:elle|il|elles|ils){_STILL} {_STATE}{_NOW}{_END}",
    ),
    ("state", rf"(?P<what>.+?) (?:est|sont){_STILL} {_STATE}{_NOW} \?"),
    (
        "state",
        (
            rf"(?:(?:est ce que |si )?j' ai|ai je)(?: bien| encore)* (?:laisse|oublie)"
            rf" (?P<what>.+?) {_STATE}{_END}"
        ),
    ),
    (
        "state",
        (
            rf"(?:(?:est ce que |si )j' ai|ai je)(?: bien| deja)* {_STATE} (?P<what>.+?)"
            rf"{_END}"
        ),
    ),
)
