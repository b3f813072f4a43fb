"""How French parts of an utterance begin, folded."""

import re
from typing import Final

_AUX: Final = (
    r"(?:est|sont|etait|etaient"
    r"|a(?! (?:\d|zero|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|moitie|fond|la|le|l'|leur|mon|ma))|ont|avait|avaient|ai|as|avons|avez|sera|seront|fut|fait|va|vont|vient|viennent"
    r"|veut|veulent|peut|doit|dit|disait|adore|adorent|aime|aiment|deteste|pense|croit|s' est|n' est|n' a|ne|n'|m' a|m' ont|t' a|l' a|lui a"
    r"|s' (?:allume|eteint|ouvre|ferme)|se|marche|marchent|tourne|tournent|chauffe|chauffent|coule|sonne|brule|sent|sert|fuit|clignote|grince|[a-z]{2,}aient|(?![a-z]*(?:ement|vent|ment|dent|gent) )[a-z]{3,}ent(?! )|fonctionne|reste|restent|semble|devient)"
)
_OF: Final = r"(?:de|d')"
_YOU_DO: Final = (
    r"(?:que (?:tu|vous|quelqu'un|l' on|la|le|les)|qu' (?:on|il|elle|ils|elles))"
)

JOINTS: Final = re.compile(
    r"(?!(?:(?<=vingt)|(?<=trente)|(?<=quarante)|(?<=cinquante)|(?<=soixante)) et (?:une?|onze)(?: |$))(?! et (?:demie?|quart)(?: |$))"
    r"(?:^| )(?:et puis|et ensuite|et apres|et|puis(?! je (?:te|vous|avoir) )|ensuite|mais|alors|donc(?! (?:de|d') )|parce (?:que|qu')|pendant (?:que|qu'))(?= )"
)
FILLERS: Final = re.compile(
    r"(?:(?:ne|n')(?= \w+ (?:moi |nous )?(?:que|qu') )|hey|he|eh|hep|ok|okay|allo|salut|bonjour|bonsoir|bonne nuit|coucou|jarvis|alors|bon|ben|bah|euh|heu|hum"
    r"|d' accord|oui|ouais|maintenant|tiens|ecoute|excuse moi|excusez moi|pardon|ensuite|puis(?! je (?:te|vous|avoir) )|aussi|enfin|et|mais|donc|s' il (?:te|vous) plait"
    r"|sil (?:te|vous) plait|stp|svp|allez|non|finalement|en fait|vite|voila|au fait|dis(?! (?:moi|nous|a|au|aux|le|la|les|lui|leur|que|quelque|bonjour|bonsoir|pourquoi|comment|donc))|toi|sois (?:gentil|gentille|sympa|un amour|un ange)|si possible|peut etre|encore|juste|tout de suite"
    r"|si (?:tu|vous) (?:peux|veux|pouvais|pouvez|voulez|pouviez)(?: bien)?|je t' en prie)(?!\w)"
)
_LOW: Final = r"(?: (?:bien|gentiment|me|m'|nous|vite|s' il (?:te|vous) plait|peut etre|aussi|juste|eventuellement|stp|svp|encore|y|pas))*"
POLITE: Final = re.compile(
    rf"(?:(?:(?:est ce (?:que |qu' ))?(?:tu|vous|on|quelqu'un) (?:ne |n' )?(?:peux|peut|pourrais|pourrait|pouvez|pourriez|veux|veut|voudrais|voulez|voudriez|saurais|dois|devrais|devez|devrait|voudrait)(?! (?:dire|savoir)){_LOW}"
    rf"|(?:ne )?(?:peux|pourrais|veux|voudrais|saurais) tu(?! (?:dire|savoir)){_LOW}|(?:pouvez|pourriez|voulez|voudriez) vous{_LOW}|(?:peut|pourrait) (?:on|t on|il)|(?:veuillez|veuille)(?: bien)?"
    rf"|merci {_OF}(?: bien)?(?: vouloir)?(?= (?!avoir|etre)\w+(?:er|ir|re)(?: |$))|merci {_OF} bien vouloir|(?:priere|pourrait on|tu penses|pense) {_OF}"
    rf"|(?:je|j'|on|nous)(?: n')? (?:voudrais|aimerais|veux|souhaite|souhaiterais|prefererais|prefere|apprecierais|desire|voudrait|aimerait|veut|voudrions|aimerions|demande)(?: bien| vraiment| beaucoup)?(?: {_YOU_DO}| avoir)?"
    rf"|(?:il )?(?:me |nous |te )?(?:faut(?! il)|faudrait|faudra)(?: {_YOU_DO})?(?: (?:penser|songer) a)?|il est temps {_OF}|(?:est ce que )?(?:je|on|j') (?:pourrais|pourrait|peux|peut) avoir|(?:pourrais|puis) je avoir|il serait temps {_OF}"
    rf"|(?:serais tu|seriez vous)(?: \w+){{1,3}} (?:pour|{_OF})"
    rf"|(?:ce|ca|il|tu|vous) (?:serait|serais|seriez|seras)(?: \w+){{1,2}} (?:{_OF}|{_YOU_DO}|si (?:tu|vous) (?:pouvais|pouviez|voulais))"
    rf"|(?:te |vous )?(?:est|serait|sera) (?:t )?il possible (?:{_OF}|{_YOU_DO})|(?:c' est|ce serait|est ce(?: que (?:c' est|ce serait))?|est ce qu' il (?:est|serait)|serait ce) possible (?:{_OF}|{_YOU_DO})|(?:y a (?:t )?il|est ce qu' il y a(?:urait)?|il y a(?:urait)?) moyen (?:{_OF}|{_YOU_DO})|moyen {_OF}"
    rf"|(?:est ce que )?(?:aurais tu|auriez vous|tu aurais|vous auriez|aie|ayez)(?: \w+| l' \w+){{1,2}} {_OF}(?: bien vouloir)?"
    rf"|(?:est ce que )?(?:ca|cela) (?:ne |n' )?(?:te|t'|vous) (?:derange|derangerait|ennuie|ennuierait|embete|embeterait|gene|generait)(?: pas)?(?: beaucoup)? (?:{_OF}|si (?:tu|on|vous))"
    rf"|n' (?:oublie[sz]?|hesite[sz]?) (?:pas|surtout pas) (?:{_OF}|a)|oublie[sz]? pas {_OF}|pense[sz]? (?:a|bien a)|essaie[sz]? {_OF}|essaye[sz]? {_OF}|prends? (?:le temps|soin) {_OF}"
    rf"|(?:j' ai|on a|j' aurais|on aurait|nous avons)(?: bien| vraiment)? besoin (?:{_OF}|{_YOU_DO})(?: un peu (?:plus )?{_OF})?|(?:(?:puis|oserais|pourrais) je|je (?:peux|pourrais|voudrais|me permets de)|est ce que je (?:peux|pourrais)) (?:te|vous) demander(?: {_OF})?|(?:je|on) (?:ne )?dirait?s? pas non (?:a|au|aux)|(?:ca|ce) serait (?:\w+ )?(?:bien|bon|sympa|cool|chouette|genial|agreable)(?= (?:un|une|de|du|des|d')(?: |$))|(?:demande[rz]?|dis|dites|ordonne[rz]?) (?:a l'|au|a la|a mon|a notre|a ma) (?:aspirateur|robot|tondeuse)(?: \w+)? {_OF}|je compte sur (?:toi|vous) pour|je (?:te|t'|vous) (?:demande|prie|ordonne|saurais gre|serais reconnaissante?)(?: gentiment)?(?: {_OF})?"
    rf"|(?:est ce que )?(?:tu|vous) (?:crois|penses|croyez|pensez) (?:pouvoir|que (?:tu|vous) (?:pourrais|peux|pourriez|pouvez|saurais|sauriez)|qu' on (?:peut|pourrait))|(?:crois|penses) tu (?:pouvoir|que (?:tu|on) (?:pourrais|peux|pourrait))|(?:pensez|croyez) vous (?:pouvoir|que (?:vous|on) (?:pourriez|pouvez))"
    rf"|(?:et )?si (?:tu|on|vous) (?:pouvais|pouviez|pouvait)(?: bien)?"
    rf"|pourquoi (?:ne pas|tu ne|ne)(?= \w+(?:er|ir|re)(?: |$))|pourquoi (?:tu |vous |on )?(?:ne|n')(?: me| nous)?(?= \w+(?:rais|riez|rait) pas)|(?:est ce que )?(?:t'|tu|vous) (?:n' )?(?:aurais|auriez|as|avez)(?: pas)? (?:moyen|envie|le temps|la gentillesse|l' amabilite) {_OF}|y a (?:pas )?moyen (?:{_OF}|{_YOU_DO}(?: me| m'| nous| te| t')?)|que dirais tu (?:de|d'|si)|ca te dirait (?:de|d'|si)|arrange toi pour|fais en sorte (?:que|qu'|de|d')(?: tu| on)?|debrouille toi pour|je (?:te|vous) laisse"
    r")(?!\w)|(?:et )?si (?:tu|on|vous)(?: me| m'| nous| te| t'| vous)? (?=(?!etais|etait|avais|avait|etiez|aviez)\w+(?:ais|ait|iez)(?: |$))"
    r"|(?:tu|vous)(?: me| m'| nous| te| la| le| les| l')* (?=(?:allum|rallum|eteign|etein|ouvr|ferm|referm|met|remet|regl|baiss|mont|verrouill|deverrouill|coup|activ|desactiv|lanc|tamis|arret|joue|passe|chauff|rafraich|aspir|nettoi|lev|descend|range|ajout)\w*(?: |$))(?!\w+(?:ais|ait) )"
    r")"
)
_NEWS: Final = r"(?:blague|histoire|recette|resume|fait|idee|exemple|conseil|conseils|avis|nouvelles|actualites?|previsions?|meteo|temperature|heure|date|etat|explication|nombre|raison|reponse|astuce|definition|citation|poeme|devinette|liste des|detail|details|infos?|informations?)"
TALKS: Final = re.compile(
    r"(?:dis|dites|dire|raconte[rsz]?|explique[rsz]?|decris|decrire|decrivez|lis|lire|lisez|montre[rsz]?|chante[rsz]?|ecris|ecrire|ecrivez|recite[rz]?|traduis|traduire|traduisez|epelle[rz]?|epeler|definis|definir"
    r"|compare[rz]?|calcule[rz]?|compte[rz]?|devine[rz]?|imagine[rz]?|suppose[rz]?|suggere[rz]?|propose[rz]?|conseille[rz]?|recommande[rz]?|resume[rz]?|repete[rz]?|pense[rsz]?|penses|penser|croi[st]|croire|sais|sait|savoir|savez|vois|voir|voyez"
    r"|entends|entendre|entendez|comprends|comprendre|connais|connaitre|parle[rsz]?|parles|discute[rz]?|reponds|repondre|apprends|apprendre|cite[rz]?|nomme[rz]?|verifie[rz]? (?:si|s'|que|qu'|ce)|cherche[rz]?|regarde[rz]?|renseigne[rz]?|informe[rz]?|confirme[rz]?|invente[rz]?|compose[rz]?|redige[rz]?|enumere[rz]?|demande[rz]? (?:a|au|si|pourquoi)|aide[rz]? moi a comprendre|fais (?:moi )?(?:rire|une blague|un poeme|croire|semblant)"
    r"|rappell?e[rz]?(?: moi| nous)? (?:ce|comment|qui|quand|ou|pourquoi|quel|quelle|combien|l' histoire)"
    r"|(?:(?:de|d') )?(?:une?|quelques|encore une?)(?: \w+)? (?:histoire|blague|conte|poeme|devinette|recette|anecdote|fable)s?"
    rf"|(?:donne[rsz]?|trouve[rz]?|file)(?: moi| nous)?(?: (?:un|une|le|la|l'|les|des|ta|ton|quelques|deux|trois|quatre|cinq|dix))*(?: \w+)? {_NEWS}s?)(?!\w)"
)
_PERSON: Final = (
    r"(?:mere|pere|maman|papa|mamie|papi|parents|frere|soeur|cousine?|tante|oncle|mari|femme|conjointe?|compagnon|compagne|fils|fille|enfants?|gamins?"
    r"|garcons?|filles|voisine?s?|copine?s?|amie?s?|collegues?|patronne?|proprietaire|locataires?|invites?|nounou|baby sitter|femme de menage"
    r"|plombier|electricien|jardinier|concierge|gardienne?|colocs?|colocataires?|petit ami|petite amie)"
)
_ACTS: Final = r"(?:(?:r?allum|mont|remont|baiss|ferm|referm|verrouill|deverrouill|lanc|relanc|activ|desactiv|demarr|coup|regl|tamis|bascul|lev|relev)er|ouvrir|rouvrir|eteindre|mettre|remettre|descendre|toucher a|toucher|tripoter|bidouiller|changer|modifier|bouger|trafiquer|jouer avec)"
_NOTE: Final = r"(?:notes?|rappels?|memos?|messages?|mails?|courriels?|textos?|sms|vocal|mot|lettre|pense bete|noeud)"
_NOT_HOME: Final = r"(?!(?:la |le |l'|l' )?(?:lumiere|chauffage|eau|courant|electricite|son|image|musique|reseau|internet|wifi|temps|place|raison|risque|rien|personne)(?: |$))"
_SHORTAGE: Final = (
    rf"(?:il n' y a|il y a|y' ?a|y a|on n' a|on a|je n' ai|j' ai|nous n' avons|il ne reste|il reste|reste)(?: \w+)? (?:plus|pas) (?:beaucoup |assez )?(?:de|d'|du|des) {_NOT_HOME}[\w' ]{{1,30}}$"
    rf"|(?:on|nous|je) (?:est|sommes|suis|va etre|vais etre)(?: \w+)? a (?:court|sec) (?:de|d') {_NOT_HOME}"
    rf"|il (?:nous |me )?(?:manque|va manquer)(?: \w+)? (?:du|de la|de l'|des|de|d'|un|une) {_NOT_HOME}|(?:on|nous|je) (?:va|vais|allons|risque de|risquons de) manquer (?:de|d') {_NOT_HOME}"
)
"""That something has run out: it is for a list, and moves nothing."""
PASSES_ON: Final = re.compile(
    rf"{_SHORTAGE}|(?!joue|montre|allume|eteins)\w+ (?:moi |nous |lui |leur )?(?:un |une |le |la |ce |cette |mon |ma )(?:\w+ )?{_NOTE} (?:[\w']+ ){{0,4}}(?:pour|que|qu'|de|d'|disant|demandant) "
    r"|(?:garde|gardez|garder|mets toi|mettez vous|retiens|conserve)(?: bien)? (?:en (?:tete|memoire)|a l' esprit|dans un coin)"
    r"|(?:me|m'|nous) (?:dire|redire|rappeler|prevenir|signaler|faire penser|avertir)(?: \w+){0,2}? (?:de|d'|a|que|qu') |"
    rf"(?:qu'|que)? ?(?:(?:ma|mon|mes|la|le|les|l'|notre|nos|sa|son|ses) )?{_PERSON} (?!soi[st]|est|sont|a )[a-z]+(?:e|es|ent|isse|issent) "
    r"|(?:que|qu') (?!(?:tu|vous|on|l'|la|le|les|il|elle|ils|elles|ca|ce|cela|tout|toutes?|tous|mon|ma|mes|notre|nos|cette|ces|rien|un|une|des|chaque|quelqu'un|je|j')(?: |$))[a-z]+ (?!soi[st] )[a-z]+(?:e|es|isse) "
    r"|(?:que|qu') (?:je|j') (?!y |aie|puisse|voie|sois|dorme|entende)[a-z]"
    r"|(?:r?ajoute[rz]?|mets|mettre|mettez|programme[rz]?|cree[rz]?|pose[rz]?|planifie[rz]?|note[rz]?|inscri\w+|ecri\w+|glisse[rz]?|prends|prendre|prenez|laisse[rz]?|envoie)(?: [\w']+)* (?:rappels?|notes?|memos?|messages?|agenda|calendrier|liste(?! de lecture)|pense bete)(?: |$)"
    r"|(?:fais|faites|faire) (?:dire|suivre|passer le (?:mot|message|mail))(?: |$)|(?:chuchote|murmure|explique|dicte|souffle)[rz]? (?:a|au|aux) (?!moi|nous)"
    r"|(?:fais|faites|faire) \w+(?:er|ir|re) .*(?:^| )par (?!la |le |l' |les )\w+$"
    r"|(?:appelle[rz]?|telephone[rz]?(?: a)?|joins|contacte[rz]?) (?:(?:le|la|l'|mon|ma|mes) )?\w+ (?:pour|et) "
    r"|(?:ne )?(?:me |nous )?laisse[rz]? (?:pas )?(?:moi |nous )?(?:pas )?oublier |(?:rappell?e[rz]?\b(?: moi\b| nous\b)?(?! (?:moi |nous )?(?:ce|comment|qui|quand|ou|pourquoi|quel|quelle|combien|l' histoire|le robot|l' aspirateur))|(?:fais|faites|faire|fasses)(?: moi| nous| lui| leur| le| la)? (?:penser|savoir|souvenir)"
    r"|(?:dis|dites|dire|demande[rz]?|ordonne[rz]?|propose[rz]?|suggere[rz]?|signale[rz]?|crie[rz]?|raconte[rz]?|conseille[rz]?|interdi[st]\w*) (?:lui|leur|(?:a|au|aux) (?!moi|nous|quoi|quel|haute voix))"
    r"|(?:dis|dites|dire|annonce[rz]?|raconte[rz]?) (?:partout|dans toute)|annonce[rz]? |diffuse[rz]? (?:que|qu'|a|au|aux|dans|partout|un message|l' annonce)"
    r"|(?:previens|prevenez|prevenir|avertis|avertir|avertissez|informe[rz]?|charge[rz]? (?!toi|le|la|les|mon|ma))(?! moi| nous)"
    r"|(?:note[rz]?|retiens|retenez|retenir|souviens toi|souvenez vous|marque[rz]?|ecri(?:s|vez|re)|inscri(?:s|vez|re)|enregistre[rz]?)(?: \w+){0,3} (?:que|qu'|de|d') "
    r"|(?:envoie|envoyer|envoyez|transmet\w*|ecri(?:s|re|vez)|laisse[rz]?)(?: (?:lui|leur)(?: |$)| (?:un|le|ce|une) (?:message|mail|e mail|sms|mot|texto|note)| a (?!la |l' |le |moi|nous|propos|sujet|\d))"
    r"|passe[rz]? (?:un|le) (?:message|mot) )"
)
PASSED_ON: Final = re.compile(
    r"(?:^| )(?:(?:de|d'|a|penser) (?:(?:ne pas|l'|le|la|les|y) ){0,2}\w+(?:er|ir|[dtiu]re)"
    r"|(?:faut|faudra|doi[st]|que|qu') (?:(?:ne pas|l'|le|la|les|tu|il|elle|on|y) ){0,2}\w+(?:er|ir|re|es|e|s|t))(?: |$)"
)
GENERAL: Final = re.compile(
    r"(?:^| )(?:en (?:une|un|deux|trois|quatre|cinq|quelques|\d+) (?:\w+ )?(?:phrases?|mots?|lignes?|paragraphes?|vers)|en (?:bref|resume|detail)|en (?:general|theorie|principe)|generalement|theoriquement|d' habitude|dans l' absolu)(?: |$)"
)
MISSED: Final = re.compile(
    r"(?:^| )(?:(?:aurais|aurait|auriez)(?: tu| vous)? (?:bien |deja |jamais )?(?:du|pu|mieux fait)|(?:aurais|aurait) fallu) (?!avoir )"
)
RETRACTS: Final = re.compile(
    r"(?:(?:non|attends?|attendez|enfin|mais|ah|oh|bref|finalement|en fait|ben|euh|et puis) ?)*(?:non(?: rien| merci)?|laisse(?:z)?(?: tout)? tomber|laisse(?:z)?(?: ca)?|oublie(?:z)?(?: ca| tout(?: ca)?)?|annule(?:z)?(?: ca| tout)?|(?:c' est|ce n' est)? ?pas la peine"
    r"|(?:je|on|j') (?:rigole|plaisante|blague|deconne|te fais marcher|te charrie|vous fais marcher|m' amuse)(?:is|ais)?(?: (?:bien sur|hein))?|(?:c' est|c' etait) (?:une (?:blague|plaisanterie)|pour (?:rire|rigoler|plaisanter|de rire))|pour (?:rire|rigoler)|je (?:n' ai rien dit|change d' avis|retire ce que j' ai dit)|j' ai change d' avis|n' en fais rien|ne le fais pas|ne fais rien|ne fais pas ca|stop|rien)"
    r"(?: (?:finalement|en fait|hein|merci|alors|va))?"
    r"|(?=.*(?<!\w)(?:non|nan|oublie[rz]?|annule[rz]?|laisse[rz]? tomber|rien|pas la peine|pas dit|rigole|plaisante|blague|avis)(?!\w))"
    r"(?:(?:attends?|attendez|enfin|mais|ah|oh|eh|bref|finalement|en|fait|ben|euh|hum|et|puis|tout|compte|reflexion|a|la|apres|non|nan|merci|laisse[rz]?|tomber|ca|ce|cela|oublie[rz]?|annule[rz]?|rien|plus|je|j'|n'|ne|ai|ais|avais|dit|disais"
    r"|c'|est|etait|pas|peine|que|qu'|tu|vous|peux|pouvez|me|m'|suis|trompee?|pardon|desolee?|demande[rz]?|va|hein|alors|plutot|mieux|vaut|pour|rire|fais|faites|le|l'|comme|si|rigole|plaisante|blague|change|d'|avis|retire|reviens|dessus|stop|de|surtout|mes|mots)(?: |$))+"
)
RETRACTS_LAST: Final = re.compile(
    r" (?:(?:ah|oh|euh|enfin|bon|mais|finalement|en fait) )*(?:(?:non|nan) (?:attends?|attendez|rien|oublie(?: ca)?|laisse(?: tomber)?|finalement|merci|en fait|pas la peine)|(?:attends?|attendez|finalement|en fait|tout compte fait|euh) (?:non|nan)|laisse(?:z)? tomber"
    r"|oublie(?:z)?(?: ca| ce que j' ai dit)?|(?:je|j') (?:rigole|plaisante|blague|deconne)|j' ai change d' avis|(?:c' est )?pas la peine|je n' ai rien dit|annule(?:z)? ca)(?: (?:finalement|en fait|merci|pardon|desolee?))?$"
)
MESSAGES: Final = re.compile(
    r"(?:ecri(?:s|re|vez) (?:a|au|aux|lui|leur) (?!propos|sujet)|ecri(?:s|re|vez) .*(?:sur|dans|a) (?:la|ma|mon|notre|l'|le) (?:liste|agenda|calendrier|courses)"
    r"|compose[rz]? (?:le|son|mon) numero|chante[rz]? (?:moins|plus) |invente[rz]?(?: moi| nous)? une ambiance|(?:lis|mets) la radio|compte[rz]? (?:\w+ ){1,3}(?:minutes?|secondes?|heures?)(?: |$)|penses? y|souviens toi|retiens|rappelle toi que"
    r"|aide[rz]? (?:moi|nous) (?:a|d'|de) (?:tout |me )?(?:allumer|eteindre|ouvrir|fermer|verrouiller|mettre|baisser|monter|lancer|regler|couper|arreter|demarrer|tamiser)|(?:dis|dites|dire|annonce[rz]?|demande[rz]?|raconte[rz]?|rappelle[rz]?|lis|crie[rz]?|signale[rz]?) (?:(?:a|au|aux) (?!moi|quoi|quel|haute voix)|partout|dans toute)"
    r"|ca suffit (?:avec |pour )?(?:la |le |les |l' |cette |ce |cet |ces )\w+(?: \w+)?$"
    r"|(?:montre[rz]?|lis|passe[rz]?) .* sur (?:la tele|la tv|l' ecran|la television|toutes les enceintes|l' enceinte))"
)
QUESTIONS: Final = re.compile(
    r"(?:(?:a|de|en|avec|sur|pour|dans|par|chez) (?:quoi|qui|quels?|quelles?|combien)|qui|que(?! tu)(?! (?:tout|toutes?|tous|la|le|les|l'|ma|mon|mes)(?: \S+){0,4} (?:soi(?:t|ent)|commence(?:nt)?|demarre(?:nt)?|reste(?:nt)?|resonne(?:nt)?)(?: |$))|qu' est|qu'(?! il fasse )|quoi|quels?|quelles?|ou|quand est|comment|pourquoi|combien|lequel|laquelle|lesquels|est ce|c' est (?:quoi|quand|ou|qui|combien|comment)"
    r"|(?!mets|fais|prends|viens|dis|laisse|rends)\w+ (?:t )?(?:il|elle|on|ils|elles|je|ce(?! (?:qui|que|qu')(?: |$)))(?= |$)|(?!merci|pour|avec|chez|sur|dans|apres|avant|et|sans|eteins|allume|ouvre|ferme)\w+ (?:tu|vous)(?= |$)|y a|tu (?:penses|crois|sais|vois|connais|te souviens|trouves|entends|as|es|etais|avais|aimes|vas|fais)|vous (?:pensez|croyez|savez|voyez|avez|etes)|dois je|faut il|puis je|je (?:peux|dois|devrais)|on (?:peut|doit) savoir)(?!\w)"
)
FORBIDS: Final = re.compile(
    rf"(?:(?:arrete[rz]?|cesse[rz]?|stoppe[rz]?|finis|y en a marre|evite[rz]?)(?: toi)?(?: (?:un peu|donc|toujours|tout le temps|immediatement))* (?:de|d')(?: (?:toujours|tout le temps|sans cesse|me|m'|nous|le|la|les|l'|re|vouloir|essayer de|essayer d'|chercher a))* {_ACTS}(?: |$)|(?:ne|n') (?!y voit|y|\w+ (?:moi |nous )?(?:que|qu') )|pas |surtout pas|jamais|plus jamais|inutile|pas besoin|pas la peine|il ne faut|il faut pas|laisse (?!(?:\S+ ){{1,5}}(?:allume|eteint|ouvert|ferme|entrouvert|verrouille|baisse|leve)(?:e|s|es)?(?: |$)|(?:\S+ ){{0,5}}(?:tourner|jouer|marcher|fonctionner|chauffer|en (?:marche|route))(?: |$)|entrer|passer|couler|(?:infuser|cuire|mijoter|reposer|mariner|tremper|secher|refroidir) )|laissez|sans |(?:qu' il|qu' on|que tu|que vous) (?:ne|n')|tu n'|tu ne)"
)
_TOO: Final = r"(?:(?:trop|tres|un peu|vraiment|assez|super|hyper|si|plutot|bien|tellement|encore|beaucoup|toujours|drolement|vachement|sacrement|quand meme|bigrement|de plus en plus|un poil|presque|deja|carrement|plus) ){0,6}"
_MUCH: Final = (
    r"^(?:(?:ici )?c' est|il y a|y' ?a|y a) plein (?:de|d') (?:miettes?|poussiere|saletes?|moutons)$"
    r"|^(?:il y a |y' ?a |y a |c' est |ici c' est |on a |j' ai |que |quelle? )?(?:plein |tant |beaucoup |rempli |couvert )?(?:de |d' |des )(?:la )?(?:miettes?|poussiere|saletes?|moutons)"
    r"(?: (?:encore|partout|(?:sur|sous|dans|par) .*))+$|^(?:le |ce )?(?:sol|tapis|parquet|carrelage) (?:est |c' est )"
    r"(?:\w+ ){0,2}(?:crade|sale|degueulasse|degoutant|couvert .*|plein .*)$"
)
"""What has to be cleaned."""
_SUN: Final = (
    r"^(?:j' ai |on a |il y a )?(?:le |du |trop de |ce |cette |la )(?:soleil|lumiere|reflets?)(?: (?:qui|me|m'|nous|est|en plein|juste|pile|directement|bien)){0,4} "
    r"(?:aveugle|eblouit|gene|tape|(?:dans|sur) (?:les|l'|la|le|mon|mes) (?:yeux|oeil|figure|visage|ecran|tele))(?: (?:dans|sur) .*)?$"
)
_ALIKE: Final = (
    r"^(?:c' est|on (?:se croirait|est|dirait)|ici c' est|(?:la|le|l'|ma|mon|cette)(?: \w+){1,2} (?:est|c' est)) (?:comme )?(?:(?:dans|au) )?(?:une?|le )?(?: |^)?(?:vrai |vraie )?(?:four|fournaise|sauna|etuve|desert|frigo|congelateur|glaciere|igloo|pole nord|siberie|grotte|cave|tombeau)(?: (?:ici|la dedans|(?:la|le|l'|ma|mon|cette|dans (?:la|le|l'|ma|mon)) ?\w+))?$"
    r"|^(?:j' ai|on a) (?:les |le )(?:pieds|mains|doigts|orteils|nez) (?:gele\w*|glace\w*|froids?|froides?)$|^(?:je suis|on est) (?:en nage|en sueur|frigorifie\w*|congele\w*|gele\w*|transi\w*)$"
    r"|^(?:on|je|j'|nous)(?: se| me| nous| m'| s')?(?: les)? (?:cuit|cuis|fond|fonds|rotit|gele|caille|creve|pele)(?: (?:ici|la dedans|de (?:chaud|froid)|dans (?:la|le|l'|ma|mon|cette) ?\w+))*$"
    r"|^il fait un(?:e chaleur| froid)(?: (?:de (?:canard|loup|chien|bete|dingue|fou)|terrible|pas possible|a crever|insupportable|infernale?))?(?: (?:ici|dans (?:la|le|l'|ma|mon) ?\w+))?$"
    r"|^(?:je|on|j')(?: n'| ne)? (?:arrive|peux|peut|y arrive)(?: pas| plus) (?:a )?(?:dormir|travailler|me concentrer|se concentrer|lire) (?:avec|a cause) "
)
"""What it is like here, or keeps one from sleeping."""
NEEDS: Final = re.compile(
    r"^(?:(?:(?:qu'|ce qu'|comme) ?)?(?:il (?:fait|commence a faire|fais)|c' est|ca (?:devient|fait|commence a etre)|il y a|on a|j' ai|nous avons|je suis|on est|ici c' est|(?:la|le|l'|ma|mon|notre|cette)(?: \w+){1,3} (?:est|sont)|fait|ici) )?"
    + _TOO
    + r"(?:sombre|noir|obscur|bas|basse|faible|clair|lumineux|lumineuse|eblouissant|froid|froide|chaud|chaude|frisquet|frais|glacial|glaciale|bruyant|bruyante|forte?|sec|seche|humide|sale|poussiereux|poussiereuse|etouffant|etouffante|gele|gelee|lourd|bruit|transi|sueur|courant d' air)(?: (?:ici|dans (?:la|le|l'|ma|mon|ce|cet|cette)(?: \w+){1,3}|la dedans|aux (?:pieds|mains|jambes)|(?:mon (?:pauvre|cher|vieux) )?jarvis|chez moi|pour (?:moi|lire|dormir|travailler|cuisiner)|au (?:salon|bureau|rez de chaussee)|maintenant|non|a mon gout|hein|en bas|en haut)){0,3}$"
    r"|^(?:on|je|j'|nous|j' y)(?: n'| ne)?(?: y)? (?:voit|vois|voyons|entends|entend)(?: plus)? (?:rien|pas|plus rien|goutte|mal|pas grand chose|presque rien|a peine)"
    r"|^(?:on|je|j') (?:gele|caille|etouffe|creve de|meurs de|grelotte|transpire|me gele|se gele|se caille)|^ca manque (?:de|d')|^(?:ca|il) (?:caille|pele|meule)"
    rf"|{_MUCH}|{_SUN}|{_ALIKE}"
)
NO_NEED: Final = re.compile(
    r"(?:^| )(?:dehors|histoire|livre|recit|blague|serie|roman|humour|musique de film|hier|etait|avait|aujourd'hui|demain|exterieur|hiver|ete|couleur|sera|film|rue|jardin|toi|tu)(?: |$)"
)
TELLS: Final = re.compile(
    r"(?:je|j'|tu|il|elle|on|nous|vous|ils|elles|ca|c'|ce|cela|celui ci|tout le monde|quelqu'un|personne)(?= )"
    r"|(?:merci|bravo|super|genial|geniale|parfait|parfaite|haha|ha|mdr|cool|hier|avant hier|quand|lorsqu\w*|parce|si|s' (?=il|ils)|il etait|un jour|une fois|l' autre|la semaine|ce (?:matin|soir|midi)|cette (?:nuit|semaine)|autrefois|tout a l' heure|avant|apres|depuis|pendant|parfois|souvent|d' habitude|figure toi|imagine|comme|quelle? (?:chance|horreur|belle|bonne|joie)|felicitations|bienvenue|au revoir|a (?:demain|bientot|plus)|laisse tomber|tant mieux|tant pis|dommage|chouette|top|nickel|impeccable|magnifique|excellent|formidable|tres|c' etait|on dirait|apparemment|bien joue|sympa|dans (?:le|un|ce|mon|la|une) (?:film|reve|livre|serie|roman|histoire))(?!\w)"
    rf"|(?!allume|eteins|mets|ouvre|ferme|fais|baisse|monte|coupe|lance|regle|laisse|ajoute|joue|arrete|remets|passe|rends|donne)\w+ {_AUX}(?!\w)"
)
FRAGMENTS: Final = re.compile(
    r"(?:le|la|les|l'|un|une|des|du|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|leur|leurs|votre|vos|tous|toutes|tout|toute|chaque|dans|sur|au|aux|a|en|pour|avec|sans|chez|sauf|celui|celle|ceux|celles|de|d'|cette|ces|cet)(?!\w)"
)
FINITE: Final = re.compile(rf"(?:^| )(?:c' (?:est|etait)|\w+ {_AUX})(?: |$)")
RELATIVE: Final = re.compile(
    r"^(?!(?:je|j'|on) (?:crois|pense|trouve|crains|suppose) (?:que|qu') )(?:.* )?(?:qui|ou|que|qu'|dont|quand|si|lorsque|comment|ils|elles|lequel|laquelle|pourquoi)(?: |$)"
)
QUOTES: Final = re.compile(
    r"(?:^| )(?:dit|disait|disent|dis|dire|crie|criait|hurle|demande|demandait|ecrit|ecrivait|repond|repondu|chuchote|lance|s' exclame|annonce|phrase|mots?|replique|panneau|message|note|mail|texte|traduis|traduire|epelle|prononce|prononcer)(?: (?:moi|nous|lui|leur|que|qu'|ceci|a (?:moi|voix haute)|en (?:anglais|espagnol|allemand|italien)))*$"
)
