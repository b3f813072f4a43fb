"""English words that tell which way an order goes: for each axis up and down."""

import re
from typing import Final

_NOUN_AFTER: Final = (
    r"(?! (?:the|my|a|an|our|your|his|her|its|their|this|that|top|behalf)(?: |$))"
)
WORDS: Final = {
    "power": (
        rf"(?:turn|switch|power|put|flick|flip|keep|get|leave)\w* on|(?<!go )(?<!carry )(?<!move )on{_NOUN_AFTER}|start\w*(?! over)|activat\w+|enabl\w+|launch\w*|fire\w* up|boil(?:s|ing|ed)?|brew\w*|resum\w+|carry\w* on with|continu\w+|unpaus\w+|play(?:s|ing|ed)?|(?<!keep )going|run(?:s|ning)?|twinkl\w+|shin(?:e|es|ing)|glow\w*|plug\w* in|brighten\w*|illuminat\w+|light(?= (?:all|every|the|my|our|both)(?: |$))",
        r"enough (?:of|with)|off(?! to(?: |$))|shut\w* (?:down|up)|shutting (?:down|up)|(?:power|wind)\w* down|stop\w*|kill\w*|cut\w*|deactivat\w+|disabl\w+|unplug\w*|quit|paus\w+|mut(?:e|ed|ing)|silenc\w+|hush|lights out|(?:put|turn|switch)\w* (?:\w+ ){0,3}out|no more|had enough|enough (?:of|with|that|this|the)|sock in it|extinguish\w*",
    ),
    "level": (
        r"(?<!shut )(?<!lock )(?<!set )(?<!wake )up|increas\w+|rais\w+|boost\w*|more|higher|faster|stronger|strong|full|max\w*|harder|loud\w*|flat out",
        r"down|lower\w*|decreas\w+|reduc\w+|dim|dimm(?:ed|ing)|soft\w*|less|slow\w*|faint|low(?! on)|quiet\w*|calm\w*|gentl\w+|gentle|min|minimum|fad\w+|tone\w*|dull",
    ),
    "light": (
        r"bright\w*|illuminat\w+|light\w* up|lit|glar\w+|daylight|dazzl\w+|sunny|too much (?:light|sun)|enough light",
        r"dark\w*|dim|dimm(?:ed|ing)|gloom\w*|black\w*|murky",
    ),
    "heat": (
        r"warm\w*|hot|hotter|(?<!the )heats?|heated|heat\w* up|(?<!the )(?<!my )(?<!our )heating(?! (?:is|at|to|on|off|up|down))|boil(?:s|ing|ed)?|toast(?:y|ier)|roasting|baking|stuffy|stifling|scorching|melting|sweat\w*|swelter\w*",
        r"cold\w*|cool|cooler|cools|cooling|chill\w*|freez(?:e|es|ing)|nippy|frosty|draught\w*|draft\w*|shiver\w*|fresh\w*|brr+|ice|icy|arctic|frozen|perishing|parky|numb",
    ),
    "sound": (
        r"nois\w+|loud\w*|unmut\w+|racket|din|blar\w+",
        r"quiet\w*|shut(?:ting)? up|hush|silen\w+|mut(?:e|ed|ing)|whisper\w*|soft\w*",
    ),
    "damp": (
        r"humid\w*|damp\w*|moist\w*|muggy|clammy",
        r"dry|drier|dries|dried|parched",
    ),
    "opening": (
        r"(?:re)?open(?:s|ed|ing)?|rais\w+|lift\w*|(?<!shut )up",
        r"clos(?:e|es|ed|ing)|shut(?:s|ting)?|lower\w*|down|draw(?:s|n|ing)?|pull(?:s|ed|ing)?|drop(?:s|ped|ping)?",
    ),
    "lock": (
        r"(?:re)?lock(?:s|ed|ing)?|bolt\w*|secur\w+|shut|clos(?:e|es|ed|ing)",
        r"unlock\w*|unbolt\w*|open(?:s|ed|ing)?",
    ),
    "run": (
        r"clean\w*|vacuum(?:ing)?|hoover\w*|sweep\w*|mow\w*|crumbs?|dust\w*|dirt|dirty|mud|mess|messy|filthy|mop\w*",
        r"base|dock\w*|home|charger|return\w*|back",
    ),
    "track": (r"next|skip\w*|forward", r"previous|back|last|rewind\w*"),
    "list": (
        r"add|adding|put|putting|note|noting|write|jot|append|include|need\w*|buy|buying|get(?! rid)|gets|getting|ran out|run out|out of|(?:low|short) o[nf]|the last of|(?:have|got|there's|is|are|we|i) no|(?:isn't|aren't) any|no \w+ left|left|missing|remember|remind|forget|pick up|order|stick|(?:for|onto) (?:the|my|our) (?:\w+ )?(?:list|groceries|shopping)",
        r"remov\w+|delet\w+|(?:take|taking|took) (?:\w+ ){0,4}off|strike|striking|cross\w*|tick\w*|check\w* (?:\w+ ){0,3}off|clear\w*|empty|emptied|wipe\w*|rid|scratch|eras\w+|drop|off the list",
    ),
    "wish": (
        r"put|set|get|give|want|need|like|love|have|fancy|make|could do with|could use|some|bring|prepare",
        "",
    ),
}
IDIOMS: Final = {
    "light": (
        r"(?:can't|cannot|can not|can hardly|can barely|couldn't) (?:see|read)|see (?:nothing|a thing)|like (?:in )?an? (?:cave|tomb|dungeon)|let there be light|let (?:\w+ ){0,4}in|read by",
        r"blind(?:ing|s) (?:me|us)|my eyes|sun(?:'s)? (?:\w+ ){0,3}in|look in|see in|(?:sleep|work|think|relax|concentrate) (?:with|in|because of) (?:\w+ ){0,3}lights?",
    ),
    "opening": (
        r"let (?:\w+ ){0,4}(?:in|into)",
        r"sun(?:'s)? (?:\w+ ){0,3}(?:in|into|on)|look in|see in",
    ),
    "sound": (
        r"(?:can't|cannot|can not|can hardly|can barely) hear",
        r"shut (?:\w+ ){1,3}up|complain\w*|asleep|sleeping|headache|(?:sleep|work|think|relax|concentrate) with (?:\w+ ){0,3}(?:noise|music|racket|din|radio|telly|tv|television)",
    ),
    "heat": (
        r"could do with (?:some )?(?:heat|warmth)|like (?:\w+ ){1,4}(?:fridge|freezer|icebox|igloo|north pole|antarctic)|like ice",
        r"(?:some|fresh) air|breeze|like (?:\w+ ){1,4}(?:oven|furnace|sauna|greenhouse|sahara|desert)",
    ),
}
"""What means one way however it is put."""
DENIED: Final = re.compile(
    r"(?<!\w)(?:not|\w+n't|never|nobody|no one|no(?! more)|without|avoid\w*|prevent\w*|refrain\w*|(?:keep|stop|hinder)\w* (?:\w+ ){0,5}from|(?:stop|quit|ceas|halt)\w*(?= (?:\w+ ){0,2}\w{2,}ing)|get\w* rid of)(?!\w)"
)
"""What turns the words behind it round."""
TOO: Final = re.compile(r"(?<!\w)too (?:\w+ )?$")
SLIGHT: Final = re.compile(
    r"(?<!\w)(?:(?:(?:a|wee|tiny) (?:little|bit)|little bit)(?! (?:of|light|air|music|heat|warmth|sun|sunshine|sunlight|daylight|breeze|fresh|coffee|tea|water)(?: |$))"
    r"|a (?:touch|notch|tad|hair|smidge\w*|fraction|shade(?= \w+er(?: |$))|whisker|hint|pinch|crack|sliver|dash|jot|smidgin)|slightly|barely|ever so|somewhat|nudg\w+|ajar|gradually)(?!\w)"
)
"""What asks for a small change; "a little light" asks for light."""
LESSER: Final = re.compile(
    r"(?<!\w)(?:less|dimmer|quieter|softer|slower|cooler|calmer|gentler|lower(?= (?:please|now)|$))(?!\w)"
)
"""What asks for less, and not for none."""
DESCRIBED: Final = re.compile(
    r"(?<!\w)(?:what(?:ever)?(?:'s)?|(?:everything|anything|all|whichever|those|the ones?) (?:that|which)(?:'s)?)(?= \w)"
)
"""Behind it is told how the things are that are meant, not what becomes of them."""
LESS: Final = re.compile(r"(?<!\w)less $")
