"""French words that tell which way an order goes, folded: for each axis up and down."""

import re
from typing import Final

WORDS: Final = {
    "power": (
        (
            r"r?allum(?!age)\w*|activ\w+|reactiv\w+|(?:re)?lanc(?!ement)\w+|(?:re)?demarr\w+|declench\w+|(?:re)?branch\w+"
            r"|en (?:marche|route|service)|joue[rsz]?|jouais|commence[rz]?|commencent|fou[st]|foutez|laisse[rz]? (?:\w+ ){0,4}(?:marcher|chauffer)|reprend\w*|reprenne|bouillir|fai(?:s|re|tes) (?:tourner|marcher|fonctionner|chauffer)"
            r"|tourne[rz]?|fonctionne[rz]?|scintill\w+|brill\w+|eclair(?:e|er|es|ez|ait|ent)|illumin\w+"
        ),
        (
            r"ca suffit|etei\w+|etein\w+|coup(?:e|er|es|ez|ons|ais|iez|ee?s?)|arret\w*|stopp\w*|stop|desactiv\w+|debranch\w+"
            r"|hors (?:tension|service|circuit)|cess(?:e|er|es|ez)|interromp\w+|suspend\w*|(?:re)?ferm\w+ (?:\w+ ){0,2}(?:lumieres?|tele|television|radio|musique)"
            r"|taire|tais|silence|muet|sourdine|pause|vire[rz]?|fini\w*|extinction|marre (?:de|d')|ras le bol|assez (?:de|d')(?! (?:lumiere|clarte|soleil|jour))"
        ),
    ),
    "level": (
        (
            r"(?:re)?mont(?:e|er|es|ez|ons|ais)|r?augment\w+|hauss\w+|pouss(?:e|er|ez|es)|relev\w+|renforc\w+|intensif\w+"
            r"|(?:plus|davantage) (?:haut|vite|de|d')|forte?s?|a fond|au max\w*|acceler\w+|plein pot|a plein"
        ),
        (
            r"r?a?baiss\w+|rebaiss\w+|diminu\w+|redui\w+|attenu\w+|adouci\w+|calm\w+|ralenti\w*|(?:moins) (?:haut|vite|de|d')|au min\w*"
            r"|descend\w*|tamis\w+|(?<!en )(?<!la )basse?s?|faibles?|douce?s?|doux|doucement|douceur"
        ),
    ),
    "light": (
        r"(?:trop|assez|plein|tant|tellement) (?:de|d') (?:lumiere|clarte|soleil|jour)|claire?s?|eclairci\w*|eclair(?:e|er|ez|es)|lumineu\w+|illumin\w+|vi(?:f|ve)s?|eblouissan\w+|eblouit|allum\w+",
        r"sombres?|assombri\w*|noire?s?|obscur\w*|tenebres|penombre|tamis\w+|obscurci\w*",
    ),
    "heat": (
        r"chaude?s?|chaleur|(?:re)?chauff(?:e(?! eau)|er|es|ez|ons|ais|ent)|tiedes?|bouill(?:ir|i|ie|ant\w*|ent|onne\w*)|etouff\w+|transpir\w+|sueur|canicule|cuit|cuis|(?<!a )fond|fonds|rotit|nage|creve(?! de froid)|crev\w+ de chaud",
        r"froide?s?|frais|fraiche\w*|fraicheur|frisquet|glac(?:e|ee|es|ees|ial|iale)|gel(?:e|es|ee|ees|er|ons)|caill\w+|r?a?fraichi\w*|refroidi\w*|grelott\w*|pele|meule|frigorifi\w+|congele|congeles|courant d' air",
    ),
    "sound": (
        r"bruit|bruyante?s?|vacarme|boucan|assourdissante?s?|sonore",
        r"taire|tais|silence|silencieu\w+|muet\w*|sourdine|chut|doucement|discret\w*|coup\w* (?:le |du )?son",
    ),
    "damp": (
        r"humid\w*|moite\w*|detrempe\w*",
        r"sec|seche|seches|desseche\w*|assech\w+",
    ),
    "opening": (
        r"r?ouvr\w*|ouver\w+|entrouv\w+|(?:re)?lev(?:e|er|es|ez|ons|ais)|releve\w*|(?:re)?mont(?:e|er|es|ez|ais)|hiss\w*",
        r"(?:re)?ferm\w+|clos|clore|(?:re)?descend\w*|r?a?baiss\w+|rebaiss\w+|tire[rsz]?|deroul\w+",
    ),
    "lock": (
        r"verrouill\w+|barr(?:e|er|ez|es)|boucl\w+|(?:re)?ferm\w+",
        r"deverrouill\w+|debloqu\w+|debarr\w+|r?ouvr\w*|ouver\w+",
    ),
    "run": (
        r"aspir(?!ateur)\w*|nettoi\w*|nettoy\w*|nettoyage|balay\w*|balai|menage|tonds?|tondre|tondez|tonte|coup d' aspirateur|(?:un |petit )coup|aspi|miettes?|poussier\w*|saletes?|sale|degueulasse|degoutant|crade",
        r"base|rentr\w+|retourn\w+|station|chargeur",
    ),
    "track": (r"suivante?s?|prochaine?s?|saute[rz]?|passe[rz]?", r"precedente?s?"),
    "list": (
        r"r?ajout\w+|mets|mettre|mettez|mette|not(?:e|er|es|ez)|inscri\w+|marqu\w+|ecri\w+|complet\w+|il (?:nous |me )?manque|manquer|r?achet(?:e|er|es|ez)|(?:plus|reste plus) (?:de|d')|faut|faudrait|faudra|besoin|a court|penser? (?:a|au|aux)|rappel\w+|oubli\w+|prends|prendre|pour (?:la|ma|notre) liste|pour les courses",
        r"retir\w+|enlev\w+|supprim\w+|ray(?:e|er|es|ez)|barr(?:e|er|es|ez)|coch\w+|effac\w+|ot(?:e|er|ez)|vir(?:e|er|ez)|debarrass\w+|sor(?:s|t|tir|tez)|raie|vid(?:e|er|ez|es)",
    ),
    "wish": (
        r"mets|met|mettre|mettez|mettons|mette|mettais|remets|remettre|remettez|donn\w+|veux|voudrais|voudrait|aimerais|besoin|envie|faut|prepar\w+|fai(?:s|re|tes)(?! quelque chose| ce (?:que|qu'))|avoir",
        "",
    ),
}
IDIOMS: Final = {
    "light": (
        r"(?:voi[st]|voyons|voir) (?:\w+ )?(?:rien|pas|goutte|mal|plus|pas grand chose)|manque de (?:lumiere|clarte|jour)|grotte|besoin de (?:lumiere|lire)|(?:laiss\w+ )(?:\w+ ){0,3}(?:entrer|passer)|y voir|un peu de (?:lumiere|jour|clarte)|que la lumiere soit(?= (?:dans|au|ici|partout)|$)",
        r"plein les yeux|mal aux yeux|aveugl\w+|eblouit|dormir (?:avec|a cause) (?:\w+ ){0,3}(?:lumiere|lampe)|soleil dans (?:les yeux|l' oeil)|soleil me|fai\w+ (?:le noir|la nuit)|nous voit",
    ),
    "opening": (
        r"(?:laiss\w+ )(?:\w+ ){0,3}(?:entrer|passer)",
        r"nous voit|soleil (?:\w+ ){0,3}(?:dans|sur|tape)|aveugl\w+|eblouit",
    ),
    "sound": (
        r"enten(?:d|ds|dre|dons) (?:rien|pas|plus|mal|a peine)",
        r"se plain\w+|bebe dort|dort|dorment|mal a la tete|(?:dormir|travailler|concentrer) (?:avec|a cause) (?:\w+ ){0,3}(?:bruit|musique|radio|tele|television|boucan)",
    ),
    "heat": (
        r"manque de (?:chaleur|chauffage)|frigo|glaciere|igloo|pole nord|siberie|un froid|creve de froid",
        r"manque de fraicheur|air frais|un (?:vrai )?four|fournaise|sauna|etuve|une chaleur",
    ),
}
"""What means one way however it is put."""
DENIED: Final = re.compile(
    r"(?<!\w)(?:ne|n'|pas|jamais|personne|sans|evit\w+|empech\w+|interdi\w+|(?:cess|arret|stopp)\w+ (?:\w+ ){0,2}(?:de|d')|abst\w+|refus\w+|debarrass\w+)(?!\w)"
)
"""What turns the words behind it round."""
TOO: Final = re.compile(r"(?<!\w)trop (?:\w+ )?$")
SLIGHT: Final = re.compile(
    r"(?<!\w)(?:(?:un (?:tout )?petit peu|un peu|un tout petit)(?! (?:de|d')(?: |$))"
    r"|(?:un|de) (?:petit )?(?:poil|chouia|brin|cran|tantinet|rien|soupcon|iota|cheveu|zeste|filet|leger)|une (?:pointe|touche|idee|miette|lueur|fraction)|legerement|a peine|entrouv\w+|entrebail\w+|progressivement|petit a petit)(?!\w)"
)
"""What asks for a small change; "un peu de lumière" asks for light."""
LESSER: Final = re.compile(r"(?<!\w)moins(?!\w)")
"""What asks for less, and not for none."""
DESCRIBED: Final = re.compile(
    r"(?<!\w)(?:ce|celui|celle|ceux|celles) (?:la )?(?:qui|que|qu')(?= \w)"
)
"""Behind it is told how the things are that are meant, not what becomes of them."""
LESS: Final = re.compile(r"(?<!\w)moins (?:de |d' )?$")
