"""Which French words begin an order, folded: a verb, or what is ordered without one."""

import re
from typing import Final

_STEMS: Final = (
    r"(?:r?allum|eclair|illumin|tamis|r?emont|mont|r?abaiss|rebaiss|baiss|r?augment|diminu|r?eferm|ferm|deverrouill|verrouill"
    r"|recoup|coup|arret|stopp|relanc|lanc|redemarr|demarr|desactiv|reactiv|activ|debranch|branch|bascul|pass|jou|relev"
    r"|enlev|lev|rajout|ajout|not|coch|ray|supprim|retir|annonc|diffus|reveill|rappell|rappel|nettoy|nettoi|aspir|arros|regl"
    r"|ajust|chang|tir|pouss|balanc|vir|rechauff|chauff|aer|ventil|attenu|intensifi|calm|saut|zapp|remplac|complet|rang"
    r"|prepar|pos|cess|continu|prolong|allong|raccourc|acceler|programm|declench|occup|ger|envo[iy]|affich|donn|amen|apport"
    r"|ramen|vid|renvo[iy]|fil|coll|gard(?!e toi)|laiss(?=e[rz]? (?:(?:\S+ ){1,5}(?:allume|eteint|ouvert|ferme|entrouvert|verrouille|baisse|leve)(?:e|s|es)?(?: |$)|(?:\S+ ){0,5}(?:tourner|jouer|marcher|fonctionner|chauffer|en marche|en route)(?: |$)|entrer|passer|couler|infuser|cuire|mijoter|reposer|mariner|tremper|secher|refroidir))|annul|signal|crie[rz]? a|deroul|enroul|orient|inclin|entrouvr|rouvr|montr|appuy|appui|verifi|sonn"
    r"|tourn|trouv|dos|temporis|repouss|avanc|recul|mix|marqu|oubli(?=e pas)|command|enregistr|plac|accroch|actionn|arrang|organis|debarr|barr|secou|humidifi|assech)"
)
_INFINITIVE: Final = (
    rf"(?:{_STEMS}er|ouvrir|entrouvrir|rouvrir|eteindre|mettre|remettre|rendre|descendre|redescendre|reprendre|tondre|reduire|inscrire"
    r"|prevenir|rafraichir|refroidir|adoucir|ralentir|assombrir|eclaircir|suspendre|interrompre|obscurcir|faire|maintenir)"
)
VERBS: Final = re.compile(
    rf"(?!\w+ toi (?!en |de |des |du )|fais (?:comme|attention|gaffe|voir)|prends soin|pense[rsz]? a (?:la|le|les|l'|mon|ma)|annule[rz]? (?!.*(?:minut|alarme|reveil|rappel|compte|tout$|ca$)))(?:(?:vas y|va|venez|viens|vite|doucement) )*(?:{_STEMS}(?:e|es|ez|ons)"
    r"|ouvr(?:e|es|ez|ons)|entrouvr(?:e|ez)|rouvr(?:e|ez)|eteign(?:ez|ons|es)|eteins|eteint(?= (?:le|la|les|l'|moi|tout))|(?:re)?mets|(?:re)?mettes?|(?:re)?met(?= (?:le|la|les|l'|moi|nous|du|de|des|un|une))|(?:re)?mettez|mettons|(?:re)?fais|(?:re)?faites|faisons"
    r"|rends|rendez|(?:re)?descend(?:s|ez)|repren(?:ds|ez)|pren(?:ds|ez)|tond(?:s|ez)|redui(?:s|sez)|inscri(?:s|vez)|previens|prevenez|maintiens"
    r"|(?:rafraichi|refroidi|adouci|ralenti|assombri|eclairci|raccourci|obscurci)(?:s|ssez|ssons)|suspend(?:s|ez)|interromp(?:s|ez)|stop|finis|sers"
    r"|fou[st]|foutez|que (?:tout|toutes?|tous|la|le|les|l'|ma|mon|mes)(?: \S+){0,4} (?:soi(?:t|ent)|commence(?:nt)?|demarre(?:nt)?|reste(?:nt)?|resonne(?:nt)?)|qu' il fasse"
    r"|(?:j' en ai |on en a |y en a )?(?:marre|ras le bol)(?= (?:de|d') (?:la|le|les|l'|ce|cette|ces)(?: |$))|(?:j' en ai |on en a )?assez(?= (?:de|d') (?:la|le|l'|ce|cette|ces|tele|television|radio|musique|bruit)(?: |$))"
    r"|(?:(?:un|une|de la|du) )?(?:(?:petit |tout petit )?(?:peu|brin|poil|zeste) )?(?:(?:de|d') )?\w+ (?:ne )?fer(?:ait|aient) pas de mal$"
    r"|(?:un )?(?:petit )?coup (?:de|d') (?:aspi|aspirateur|balai|chauffage|ventilateur|clim)|extinction des feux"
    r"|appelle(?: moi| nous)?(?= (?:l' aspirateur|l' ascenseur|le robot|tout le monde|les enfants))|veille[rz]? (?:a|sur)|debrouille toi|occupe toi|charge toi|pense a|songe a)(?!\w)"
)
INFINITIVES: Final = re.compile(
    rf"(?:(?:tout|toutes?|tous|bien|ne pas) )?{_INFINITIVE}(?!\w)"
)
COURTEOUS: Final = re.compile(
    r"(?:^| )(?:s' il (?:te|vous) plait|sil (?:te|vous) plait|stp|svp)(?: |$)"
)
ELLIPSES: Final = re.compile(
    r"^(?!.* (?:allume|eteint|ouvre|ferme|met|baisse|monte|fait|laisse)(?: |$))(?:.*(?:^| )(?:s' il (?:te|vous) plait|stp|svp)$"
    r"|.*(?:^| )(?:\d+|demi|\w+)(?: ?%| pour ?cents?| degres?)"
    r"|^(?:(?:un peu|un poil|beaucoup|encore|bien|legerement|nettement|un brin) )*(?:plus|moins)(?: (?:de|d')(?= (?!la |l' )))? \w+(?: \w+)?(?: (?:dans|au|sur|ici)(?: \w+)*)?$"
    r"|^(?:(?:un peu|un poil|beaucoup|bien) )?(?:plus|moins) (?:fort|vite|haut|bas|chaud|frais) (?:la|le|les|l'|sur|pour) ?\w+(?: \w+)?$"
    r"|^(?:\w+ ){1,4}en (?:rouge|bleue?|verte?|jaune|blanche?|blanc|orange|violette?|rose|turquoise|mauve)$"
    r"|^(?:\S+ ){1,3}(?:minutes?|secondes?|heures?)(?: et demie)? pour (?:le|la|les|l'|mon|ma|mes) ?\w+(?: \w+)?$"
    r"|.*(?:^| )(?:un peu|un poil|encore|beaucoup|bien) (?:plus|moins) \w+$|^(?:\w+ ){1,4}(?:plus|moins) (?:fort|forte|vite|haut|haute|bas|basse|clair|claire|sombre|chaud|chaude|frais|fraiche|doux|douce|vive|vif|lumineu\w+|intense)s?$"
    r"|.*(?:^| )(?:suivant|precedent)e?$|^(?:la |le )?meme(?: chose)?(?: (?:dans|pour|avec|au|aux|a|en|ici|la))|^pareil "
    r"|^(?:allumee?s?|eteinte?s?|ouverte?s?|fermee?s?)$"
    r"|^(?:lumieres?|musique|chauffage|silence|moteur|action|stop|pause|sourdine)$"
    r"|^(?:\w+ ){1,5}(?:en (?:haut|bas|marche|route)|a (?:fond|moitie|l' arret)|au (?:maximum|minimum|max|mini))$)"
)
WANTED: Final = re.compile(r"(?:encore )?un peu (?:de|d')(?= )")
STILL: Final = re.compile(
    r"(?:(?:passe|passez) (?:toi|vous) (?:de|d'|du)|(?:laisse[rz]?|fais|faire) tomber |se passer (?:de|d'|du)|(?:fiche|fous)\w* la paix|(?:abandonne|ignore|zappe|neglige)[rz]? |(?:verifi|surveill|regard|trouv|cherch|command|r?achet|photographi|film|lav|repar|decor|rang|nettoi|nettoy|oubli|marqu|enregistr|affich|vend|recommand|admir|contempl|observ|inspect|control|examin|mesur|dessin|astiqu|desinfect|demenag|debarrass|vant)(?:e|er|ez|es|ons|ais)(?: |$)"
    r"|montr\w+(?! .* sur )(?: |$)|(?:vend|pein[ds]|attend)\w* |(?:fais|faites|faire|fait) (?:tout|toutes|tous|attention|comme|ce que|ce qu'|le tour|de ton|confiance|savoir)(?: |$)"
    r"|(?:tout|toute|tous) (?:savoir|connaitre|comprendre|dire|voir|entendre|raconter|lire|apprendre|manger|boire|gagner|perdre|oublier|expliquer)(?: |$)"
    r"|(?:prends|prendre|prenez) (?:soin|garde|.*(?:photo|note|vacances|rendez vous))|garde[rz]? |gard\w* un oeil|mets? (?:de l' ordre|l' ambiance)|donne[rz]? (?:moi |nous )?(?:ton|un) avis|m(?:et|ettre|ets|ettez) en vente)"
)
"""Of those that begin an order, what moves nothing."""
CLITICS: Final = re.compile(r"^(?:(?:me|m'|nous|te|t'|vous|se|s'|avoir|y) )+")
INFLECTED: Final = re.compile(r"\w+(?:er|ir|(?<!ie)re|ais|ait|iez|es)")
NOUNS: Final = re.compile(
    r"(?!\w+(?:er|ir|(?<!ie)re|ais|ait|iez|es|ions)(?: |$))(?!\w+e (?:la|le|les|l'|un|une|des|mon|ma|mes|ton|ta) )\w+"
)
BESIDE: Final = re.compile(
    r"(?:^| )(?:(?:qui (?:est|se trouve) )?(?:a cote|au dessus|au dessous|en dessous|en face|pres|tout pres|a droite|a gauche|le long|a proximite|en bas|autour)(?: (?:de|du|des|d'))|(?:qui (?:est|se trouve) )?(?:derriere|devant|sous|pendant que|tandis que)(?! moi| nous))(?= )"
)
EXCEPT: Final = re.compile(
    r"(?:^| )(?:sauf|au lieu (?:de|du|des|d')|plutot que(?: de| du| des| d')?|excepte|hormis|hors(?! (?:de question|tension|service|circuit|d'))|a l' exception (?:de|du|des|d')|a l' exclusion (?:de|du|des|d')|a part|mis a part|en dehors (?:de|du|des|d')|mais (?:surtout )?pas|et (?:surtout )?pas|(?:en )?(?:laissant|epargnant|oubliant|ignorant|gardant|conservant)|sans(?: compter| toucher (?:a|au|aux))?|hors mis|excepte(?:e|s|es)|si ce n' est|(?:en )?mettant (?:de cote|a part))(?= )"
)
ALL_BUT: Final = re.compile(
    r"(?:^| )(?:tout|toute|tous|toutes)(?: \S+){0,8}?(?P<mark> moins)(?= (?:la|le|les|l'|celle|celui|ceux|celles) )"
)
KEEPS: Final = re.compile(
    r"(?:(?:mais|et|juste|seulement|par contre|simplement) )*(?:(?:garde|laisse|conserve)[rz]? (?!entrer|passer|couler|tomber|(?:\S+ )*a \d).*"
    r"|(?:epargne|exclu[st]|omets?|ignore)[rz]? .*|.* (?:excepte|mis a part|mise a part|mises a part|exclu|mis de cote|mise de cote)(?:e|s|es)?"
    r"|.* (?:continuent?|continuera|doit continuer|doivent continuer) (?:de |d' |a )(?:\w+(?:er|ir|re))"
    r"|.* (?:reste|restent|restera|resteront|doit rester|doivent rester|peut rester|peuvent rester)(?: (?:bien )?(?:allume|eteint|ouvert|ferme|branche|connecte|alimente)\w*| comme \S+ (?:est|sont)| en (?:marche|l' etat))?)$"
)
NEGATED: Final = re.compile(
    r".* (?:comme (?:il|elle|ils|elles) (?:est|sont)|tel(?:le)?s? quel(?:le)?s?|tranquilles?|en l' etat)$|(?!\w+(?:ais|iez) pas)(?:\w+)(?: moi| nous| toi| le| la| les)? (?:surtout )?(?:pas|jamais|rien)(?: |$)"
)
CITING: Final = re.compile(
    r"(?:^| )(?:ce que|c' est ce|comme|la chanson|la phrase)(?: \w+)* (?:dit|dis|disait|disent|repete|crie)(?: |$)|^(?:dit|disait|crie|repete|repond|repondit|s' exclame)(?: |$)"
    r"|^(?:voila|quelle? |c' est (?!trop|bon|l' heure|parti)|serait|ca (?:coute|prend|fait|serait))|(?:^| )(?:serait|seraient|etait|coute|permet|economise|evite) |(?:^| )(?:me|m'|nous|lui) \w+(?:ait|aient) "
)
