"""What is said in French for politeness, before an order and after it, and why it is given."""

import re

from .grammar import Polite

_ASK = (
    r"(?:est ce (?:que|qu') )?(?:tu|vous|on) (?:peux|peut|pourrais|pourrait|pouvez|"
    r"pourriez|veux|voudrais|voulez|voudriez)(?: bien)?(?: gentiment)?"
)
WISH = (
    r"(?:j'|je) (?:aimerais|voudrais|veux|souhaite|souhaiterais|prefererais|"
    r"apprecierais|desire)(?: bien)?"
)
_OF = r"(?:de|d')"
_THAT_YOU = r"(?:que tu|que vous|qu' on)"

FRONT = Polite(
    r"(?:hey|he|eh|ok|dis|allo|salut|bonjour|bonsoir|bonne nuit|coucou)(?: jarvis)?",
    r"jarvis",
    r"non|finalement|en fait|en fin de compte|que(?: tu| vous)?",
    r"fai(?:s|tes) moi (?:le|ce) plaisir d(?:e|')",
    rf"{WISH}(?= \w+(?:er|re|ir)(?: |$))",
    r"alors|bon|ben|bah|euh|heu|hum|allez|ok|d' accord|oui|maintenant|vite|tiens|ecoute|d' abord|tout d' abord|pour commencer|(?:tout )?de suite|vas y|allez y|dis(?: donc)?",
    r"excuse moi|excusez moi|pardon|ensuite|puis|apres ca|aussi|enfin|et|et puis|voila",
    r"s' il (?:te|vous) plait|sil (?:te|vous) plait|stp|svp|je t' en prie",
    _ASK,
    rf"{_ASK} (?:me|m'|nous)",
    r"(?:peux|pourrais|veux|voudrais) tu(?: bien)?(?: me| m'| nous)?",
    r"(?:pouvez|pourriez|voulez|voudriez) vous(?: bien)?(?: me| m'| nous)?",
    r"(?:peut|pourrait) on",
    r"(?:veuillez|veuille)(?: bien)?",
    rf"merci {_OF}(?: bien vouloir)?",
    rf"{WISH} {_THAT_YOU}(?: puisses?)?",
    rf"je (?:te|vous) (?:demande|prie)(?: gentiment)? {_OF}",
    rf"il (?:faut|faudrait|faudra)(?: {_THAT_YOU})?",
    rf"(?:ce|ca|il|tu|vous) (?:serait|serais|seriez)(?: vraiment)?(?: bien| sympa| gentil|"
    rf" gentille| cool| aimable| bon| chouette) (?:{_OF}|{_THAT_YOU}|si tu pouvais)",
    rf"(?:(?:te |vous )?(?:est|serait) il|c' est|ce serait|est ce|est ce que c' est|"
    rf"est ce qu' il (?:est|serait)) possible (?:{_OF}|{_THAT_YOU})",
    rf"(?:aurais tu|auriez vous|tu aurais|vous auriez) (?:la (?:gentillesse|bonte)|"
    rf"l' (?:amabilite|obligeance)) {_OF}",
    rf"(?:est ce que )?(?:ca|cela) (?:ne )?(?:te|t'|vous) (?:derange|derangerait|"
    rf"ennuie|ennuierait)(?: pas)? {_OF}",
    rf"n' oublie[sz]? pas {_OF}|oublie[sz]? pas {_OF}|pense[sz]? a|essaie[sz]? {_OF}",
    r"(?:j' ai|on a) besoin (?:que tu|que vous)",
    r"je compte sur (?:toi|vous) pour",
    r"si (?:tu|vous) (?:peux|veux|pouvais|pouvez|voulez|pouviez)(?: bien)?",
    r"(?:tu|vous)(?: me| m'| nous)?(?= (?:allume|eteign|etein|ouvre|ferme|met|regle|baisse|monte|verrouill"
    r"|deverrouill|coupe|active|desactive|lance|rallume))",
)
BACK = Polite(
    r"s' il (?:te|vous) plait|sil (?:te|vous) plait|stp|svp|please",
    r"merci(?: bien| beaucoup| d' avance| jarvis)?",
    r"jarvis|maintenant|(?:tout )?de suite|immediatement|(?:et )?(?:(?<!plus )(?<!moins )vite|plus vite que ca|depeche toi|depechez vous|en vitesse)|(?<!plus )(?<!moins )rapidement|hein|ok|d' accord",
    r"va|vas y|allez(?: y)?|toi|d' abord|d' un coup|une fois|alors|donc|veux tu(?: bien)?|tu veux(?: bien)?|voulez vous(?: bien)?|tu peux|peux tu",
    r"si (?:tu|vous) (?:peux|veux|pouvez|voulez)(?: bien)?|si possible|pour moi",
    r"quand (?:tu|vous) (?:peux|pouvez|pourras|pourrez)|je t' en prie|je te prie",
    r"a nouveau|de nouveau|encore|aussi|egalement|en meme temps",
)

REMARK = re.compile(
    r"(?:c' est|il (?:fait|pleut|neige|y a|est)|y (?:a|fait)|ils sont|elles? (?:est|sont)|j' (?:ai|y)|je suis|ca"
    r"|on (?:y voit|n' y voit|voit|est|s' entend|entend))"
    r"(?!.* (?:si|quand|sauf|mais|dit|dis|disait|disent|repete|crie|demande|demain|hier|ou|des que)(?: |$))"
)
"""What is said after an order to give the reason: it changes nothing."""
