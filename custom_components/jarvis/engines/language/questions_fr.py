"""French questions, folded: "est-ce que" is "est ce que", "l'heure" is "l' heure"."""

PREFIX = (
    r"(?:(?:est ce que )?(?:tu|vous) (?:sais|savez|peux|pouvez|pourrais|pourriez)"
    r"(?: (?:me|nous) dire)?|(?:sais|peux|pourrais) tu(?: (?:me|nous) dire)?"
    r"|(?:savez|pouvez|pourriez) vous(?: (?:me|nous) dire)?"
    r"|(?:dis|dites|donne|donnez|rappelle|indique)(?: moi| nous)?"
    r"|j' aimerais (?:bien )?savoir|je (?:veux|voudrais)(?: bien)? savoir"
    r"|verifie|verifier|regarde|et|alors|hey|dis)(?= )"
)

STATES = (
    (r"allumee?s?|allumer|en (?:marche|route)|branchee?s?", "on"),
    (r"eteinte?s?|eteindre|coupee?s?|couper|arretee?s?", "off"),
    (r"ouverte?s?|ouvrir|entrouverte?s?|entr'ouverte?s?", "open"),
    (r"verrouillee?s?|verrouiller|fermee?s? a clef?", "locked"),
    (r"fermee?s?|fermer|closes?", "closed"),
    (r"deverrouillee?s?", "unlocked"),
    (r"armee?s?|activee?s?|enclenchee?s?", "armed"),
    (r"desarmee?s?|desactivee?s?", "disarmed"),
    (
        (
            r"(?:a|dans) la maison|la|ici|chez (?:nous|moi|eux|lui|elle)|presente?s?"
            r"|rentree?s?|de retour"
        ),
        "home",
    ),
    (r"absente?s?|sortie?s?|partie?s?|dehors", "away"),
    (r"en (?:train de jouer|cours de lecture|lecture)", "playing"),
    (r"en pause", "paused"),
    (r"faibles?|vides?|a plat|presque (?:vides?|a plat)|dechargee?s?|basses?", "low"),
    (r"detectee?s?|declenchee?s?", "detected"),
)

QUANTIFIERS = (
    (
        (
            r"tou(?:t|te|s|tes)(?: (?:les|l'|mes|nos))?|toutes les deux|tous les deux"
            r"|les deux|chaque|tout le monde|chacune?"
        ),
        "all",
    ),
    (
        (
            r"(?:une?|des|l' une|certaine?s?|quelques|au moins une?)(?: des?)?"
            r"|quelque chose|quelqu'un|l' un des"
        ),
        "any",
    ),
)

PLAIN = {"time": "quelle heure est-il", "date": "quelle est la date",
         "weather": "quelle est la météo"}  # fmt: skip

_STATE = f"(?P<state>{'|'.join(pattern for pattern, _ in STATES)})"
# "Dans la cuisine" says a room, not that somebody is "là".
_OF_THINGS = (
    f"(?P<state>{'|'.join(p for p, word in STATES if word not in {'home', 'away'})})"
)
_NOW = (
    r"(?: (?:actuellement|maintenant|en ce moment|la|deja|exactement|aujourd'hui"
    r"|quelque part|ce soir|correctement))*"
)
_IN = (
    r"(?:dans|de|d'|du|des|a|au|aux|en|pour|sur|chez)(?: (?:la|le|les|l'|ma|mon|mes))?"
)
_WHERE = rf"(?: (?:{_IN} )?(?P<where>.+?))?"
_ROOM = rf"(?: {_IN} (?P<where>.+?))?"
_STILL = (
    r"(?: (?:bien|encore|toujours|deja|actuellement|vraiment|restees?|restes?|ete)"
    r"| (?P<all>tous|toutes|tout))*"
)
_AS_YET = _STILL.replace("(?P<all>", "(?:")
_END = (
    r"(?: ou (?:non|pas|ouverte?s?|fermee?s?|allumee?s?|eteinte?s?|(?:de)?verrouillee?s?))?"
    r"(?: \?)?"
)
_NO_ORDER = (
    r"(?!.*\b(?:je|j'|tu|vous|on|nous|il|elle|laisse\w*|garde\w*|tien\w*|veille\w*|que|qu'|est|sont"
    r"|etait|qui|quand|si|sois|combien|quel\w*|comment|pourquoi|ou|avec|sans|pour)\b)"
)
_MARK = _END.replace(r"(?: \?)?", r" \?")
_IT_IS = (
    r"(?:est ce qu' il (?:fait|y a)|fait il|il fait|il y a|y a t il|on a|avons nous)"
)
_Q = (
    r"(?P<q>tou(?:t|te|s|tes) (?:les|l'|mes|nos)|tou(?:tes|s) les deux|les deux|chaque"
    r"|(?:une?|l' une?|certaine?s?|quelques|au moins une?|aucune?)(?: des?)?|des)"
)
_EVERY = r"(?P<q>tout|toutes?|tous|tout le monde|quelque chose|quelqu'un|chacune?)"
_IF = r"(?:est ce qu(?:e|')|si|s'|qu(?:e|'))"
_IS = r"(?:est|sont|reste|restent|etait|etaient)"
_NOT_IS = rf"(?:(?P<neg>n'|ne) ?{_IS} pas|(?:(?:n'|ne) ?)?{_IS})"
_THERE = (
    r"(?:y a t il|est ce qu' il (?:y a|reste)|s' il (?:y a|reste)|il (?:y a|reste)"
    r"|reste t il|y a|a t on|est ce qu' on a)"
)
_I_HAVE = (
    r"(?:(?:est ce que |est ce qu' |si |s' )?(?:j' ai|on a|nous avons|quelqu'un a)"
    r"|ai je|avons nous|a t on)"
)
# "J'ai fermé la porte" is news, and no question.
_HAVE_I = (
    r"(?:(?:est ce que |est ce qu' |si |s' )(?:j' ai|on a|nous avons|quelqu'un a)"
    r"|ai je|avons nous|a t on)"
)
_PRO = r"(?:elles?|ils?)"

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
    # What a thermostat is set to.
    (
        "setpoint",
        (
            r"(?:a|sur) (?:combien|quelle temperature)(?: de degres)?(?: est ce que)?"
            rf"(?: est| sont)? (?:la |le |l' |les )?(?:reglee?s? )?(?P<what>.+?)"
            rf"(?: est| sont)?(?: reglee?s?)?{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "setpoint",
        (
            r"(?:quelle est|c' est quoi|quelle)? ?(?:la )?(?:temperature (?:de )?)?consigne"
            rf"{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "setpoint",
        (
            r"(?P<what>.+?) (?:est|sont)(?: il| elle)? reglee?s? (?:a|sur)"
            rf" (?:combien|quelle temperature)(?: de degres)?{_NOW}{_END}"
        ),
    ),
    # What is measured.
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
        "value",
        (
            r"combien (?:de |d' )?(?P<what>courant|electricite|energie|batterie|co2|co 2|gaz|eau|lumiere)"
            r"(?: (?:reste t il|il reste|consomme|a|y a t il|il y a))?"
            rf"{_WHERE}{_END}"
        ),
    ),
    (
        "value",
        rf"combien (?P<what>consomme) (?:la |le |l' |les )?(?P<where>.+?){_NOW}{_END}",
    ),
    (
        "playing",
        (
            r"(?:qu' est ce qui|c' est quoi qui) (?:joue|passe|tourne|est en (?:lecture|train de jouer))"
            rf"{_NOW}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "playing",
        (
            r"(?:qu' est ce (?:que j' ecoute|qu' on ecoute)|(?:c' est|quelle est) (?:quoi )?(?:cette|la) (?:chanson|musique)"
            r"|quel(?:le)? (?:morceau|chanson|musique|titre)(?: est ce)?(?: (?:passe|joue|est en lecture))?"
            rf"|c' est quoi (?:ce|le) (?:morceau|titre)){_NOW}{_ROOM}{_NOW}{_END}"
        ),
    ),
    # Persons.
    ("which", rf"qui(?: est ce qui)? {_NOT_IS}{_STILL} {_STATE}{_END}"),
    ("any", rf"{_THERE}{_STILL} (?P<what>quelqu'un|du monde){_NOW}{_END}"),
    (
        "any",
        (
            rf"{_THERE}{_AS_YET} (?P<what>quelqu'un|du monde)(?: qui est)?{_STILL} {_STATE}"
            rf"{_NOW}{_END}"
        ),
    ),
    ("where", rf"ou (?:est|sont|se trouvent?)(?: ce que)? (?P<what>.+?){_NOW}{_END}"),
    ("where", rf"(?P<what>.+?) (?:est|sont|se trouve) ou{_NOW}{_END}"),
    # How many, which, any, all.
    (
        "count",
        (
            rf"combien (?:de |d' )(?P<what>.+?)(?: qui)? {_NOT_IS}{_STILL} {_STATE}"
            rf"{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "count",
        (
            rf"combien (?:(?:y a t il|il y a|ai je|reste t il|il reste) )?(?:de |d' )(?P<what>\w+)"
            rf"(?: (?:sont|ai je|j' ai|on a)(?: laissee?s?)?)?{_STILL} {_OF_THINGS}"
            rf"(?: (?:y a t il|il y a|reste t il))?{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "which",
        (
            rf"(?:qu' est ce qui|c' est quoi qui) {_NOT_IS}{_STILL} {_STATE}{_WHERE}{_END}"
        ),
    ),
    (
        "which",
        rf"(?P<what>lesquel(?:le)?s?|laquelle|lequel) {_NOT_IS}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    (
        "which",
        (
            r"quel(?:le)?s?(?: sont)?(?: (?:les|la|le|l'))?(?: d' autres)? (?P<what>.+?)"
            rf"(?: qui)?(?: {_NOT_IS}| (?:j' ai|ai je|on a)(?: laissee?s?)?)"
            rf"{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "which",
        (
            r"quel(?:le)?s?(?: sont)? les (?P<what>\w+)(?: qui)?"
            rf"{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "any",
        (
            rf"{_THERE}{_AS_YET}(?: des| une?| d' autres| quelques| d'| de| les)?"
            rf" (?P<what>.+?)(?: d')?(?: qui)?(?: {_NOT_IS})?{_STILL} {_OF_THINGS}{_WHERE}{_NOW}"
            rf"{_END}"
        ),
    ),
    ("is", rf"(?:{_IF} )?{_EVERY} {_NOT_IS}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}"),
    (
        "is",
        rf"{_IF} {_Q} (?P<what>.+?) {_NOT_IS}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    ("is", rf"{_Q} (?P<what>.+?) {_NOT_IS}{_STILL} {_STATE}{_ROOM}{_NOW}{_MARK}"),
    (
        "is",
        rf"{_Q} (?P<what>.+?) {_IS} {_PRO}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    # What a detector tells of.
    (
        "any",
        (
            rf"{_THERE}{_STILL}(?: de la| du| de l'| des| une?| d'| de)? (?P<what>.+?)"
            rf"(?P<detected>(?: detectee?s?)?){_ROOM}{_NOW}{_END}"
        ),
    ),
    (
        "any",
        rf"(?:est ce qu(?:e|') )?(?:du |une? |de la )(?P<what>.+?)(?: a ete| est(?: {_PRO})?| a t (?:il|elle) ete) {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    # One thing, or some by name.
    (
        "is",
        rf"{_IF} (?P<what>.+?) {_NOT_IS}{_STILL} {_STATE}{_ROOM}{_NOW}{_END}",
    ),
    (
        "is",
        (
            rf"(?P<what>.+?) (?P<neg>n' )?{_IS} {_PRO}(?: pas)?{_STILL} {_STATE}{_ROOM}{_NOW}"
            rf"{_END}"
        ),
    ),
    ("is", rf"(?P<what>.+?) {_NOT_IS}{_STILL} {_STATE}{_ROOM}{_NOW}{_MARK}"),
    # "Porte d'entrée bien fermée": asked, not told, though nothing marks it.
    ("is", rf"(?P<what>{_NO_ORDER}.+?) bien {_STATE}{_ROOM}{_NOW}{_END}"),
    ("is", rf"(?P<what>{_NO_ORDER}.+?) {_STATE}{_ROOM}{_NOW}{_MARK}"),
    (
        "is",
        (
            rf"{_I_HAVE}(?: bien| encore)* (?:laissee?s?|oublie)(?: {_Q})?"
            rf" (?P<what>.+?)(?: d')?{_STILL} {_STATE}{_ROOM}{_END}"
        ),
    ),
    (
        "is",
        (
            rf"{_I_HAVE}(?: bien| encore)* (?:(?P<neg>oublie)|pense) (?:de|d'|a)"
            r" (?P<state>fermer|eteindre|couper|verrouiller|ouvrir|allumer)"
            rf"(?: {_Q})? (?P<what>.+?){_ROOM}{_END}"
        ),
    ),
    (
        "is",
        rf"{_HAVE_I}(?: bien| deja)* {_STATE}(?: {_Q})? (?P<what>.+?){_END}",
    ),
    (
        "place",
        rf"{_IF} (?P<what>.+?) (?:est|sont){_STILL} {_IN} (?P<where>.+?){_NOW}{_END}",
    ),
    (
        "place",
        rf"(?P<what>.+?) (?:est|sont) {_PRO}{_STILL} {_IN} (?P<where>.+?){_NOW}{_END}",
    ),
    (
        "value",
        (
            r"(?:quel(?:le)? est|c' est quoi|quel est)(?: (?:l'|le|la))? (?:etat|statut|valeur|niveau|taux)"
            rf" (?:de |d' |du |des )(?:(?:la|le|les|l') )?(?P<what>.+?){_NOW}{_END}"
        ),
    ),
    ("value", rf"comment (?:va|vont|est|sont) (?P<what>.+?){_NOW}{_END}"),
    (
        "value",
        (
            r"(?:quel(?:le)?s?(?: est| sont)|c' est quoi|combien (?:est|vaut))"
            rf"(?: (?:le|la|les|l'))? (?P<what>.+?){_NOW}{_END}"
        ),
    ),
)
