"""Which English words begin an order, folded: a verb, or what is ordered without one."""

import re
from typing import Final

_OBJECT: Final = r"(?: (?:up|down|on|off|out|the|a|an|my|our|some|all|every|each|both|it|them|that|this|these|those|me|us))"
VERBS: Final = re.compile(
    r"(?!\w+ (?:yourself|me laugh|me smile|myself)|\w+ (?:is|was|are|were|broken)(?: |$)|keep (?:off|away|your|out|calm)|take care of (?:yourself|him|her)|cancel (?!.*(?:timer|alarm|reminder|countdown|everything$|it$|that$))|skip (?!.*(?:song|track|this|that|it|next|ahead|forward|back|chapter|one|minute|second))|have .*been )(?:(?:quickly |gently |slowly |now |then )*)(?!lay (?:it|that) on)"
    r"(?:turn|switch|set|start|stop|put|get|make|let(?! (?:it be|me sleep|go of))|open|reopen|close|shut|lock|relock|unlock"
    r"|bolt|raise|lower|lift|dim|brighten|play|pause|resume|unpause|mute|unmute|skip|rewind|crank|kill|fire|run|boil"
    r"|brew|bring|give|take|add|jot|note|strike|tick|check off|cross|remove|delete|cancel|clear|announce|broadcast|wake"
    r"|remind|vacuum|hoover|sweep|mow|lay|activate|deactivate|enable|disable|arm|disarm|increase|decrease|reduce|boost"
    r"|adjust|change|keep|fade|flip|flick|power|shine|quit|cut|end|finish|go|do|have|help|see to|look after|take care"
    r"|sort|tidy|stick|knock|lash|chuck|throw|pop|whack|bung|blast|pump|show|pass|drop|roll|dock|send|ventilate|darken|soften|quieten"
    r"|hush|silence|restart|reset|toggle|tone|tune|slow|speed|need|snooze|extend|shorten|put|include|order|schedule"
    r"|illuminate|freshen|deal with|handle|drain|fill|shake|trigger|launch|engage|continue|warm|tilt|light|carry on with|empty|wipe(?= (?:the |my |our )?(?:\w+ )*list)|fetch(?= (?:me )?(?:the|a|my))"
    r"|leave (?:\w+ ){1,5}(?:on|off|open|closed|shut|down|up|lit|locked|running|playing)(?: (?:please|tonight|for now|all night|overnight|for (?:the|a) \w+))*$"
    r"|(?:(?:i've|we've|i have|we have) had |that's )?enough(?= (?:of |with )?(?:that|this|the) (?!.* (?:said|told|saying) ))"
    r"|(?:i've|we've|i have|we have) had enough(?= )"
    r"|(?:(?:an?|some|the) )?(?:(?:bit|little|touch|drop|spot)(?: of)?|some|(?:a (?:bit|little) )?more) (?:\w+ ){1,3}(?:(?:wouldn't|would not) (?:hurt|go amiss)|would be (?:nice|lovely|great|welcome))$"
    rf"|(?:heat|cool|water|clean|draw|pull|push|charge|air|fan|ring|hit|record|save|wash|dry|move|track|mark|call|preheat|brush|crack|cue|shade|swing|wind|blow|tint|press){_OBJECT})(?!\w)"
)
INFINITIVES: Final = re.compile(r"(?!)")
_MORE: Final = r"(?:more|less|(?!her|other|over|under|after|never|ever|number|summer|winter|water|power|timer|computer|speaker|heater|dryer|washer|freezer|cooker|printer|father|mother|brother|sister|daughter|dinner|weather|whatever|however|corner|paper|letter|order|former|roller|boiler|blender|toaster|router|monitor|player)[a-z]{2,}er)"
COURTEOUS: Final = re.compile(r"(?:^| )(?:please|pls)(?: |$)")
ELLIPSES: Final = re.compile(
    r"(?: |^)(?:please|pls)$"
    r"|^(?!what|that|which|.* (?:should|thinks?|says?|goes|went|came|comes|turned|walked) )(?:\w+ ){1,7}(?:on|off|down|up|out|halfway)(?: (?:please|now|again|upstairs|downstairs|everywhere|full|quickly|tonight|all the way|love|mate|would you|jarvis|in (?:the|my) \w+(?: \w+)?)){0,4}$"
    r"|(?:^| )(?:\d+|\w+ty|half|full|\w+teen|\w+ty \w+)(?: ?%| per ?cent| degrees?)"
    rf"|^(?:(?:a (?:bit|little|touch|notch|tad)|slightly|much|even|the \w+(?: \w+)?|way) ){{0,3}}{_MORE}(?: \w+)?(?: (?:please|now|in (?:the|my|here)(?: \w+){{0,3}})){{0,3}}$"
    rf"|^(?:\w+ ){{1,3}}a (?:bit|little|touch|notch|tad) {_MORE}$"
    r"|^(?:\w+ ){1,3}(?:quieter|louder|softer|brighter|dimmer|darker|warmer|cooler|hotter|colder|higher|lower|faster|slower)$"
    r"|^(?:\w+ ){1,3}(?:minutes?|seconds?|hours?) for (?:the|my|our) \w+(?: \w+)?$"
    r"|^(?:next|previous|last) (?:song|track|channel|station|one|title|episode)|^(?:the )?same (?:in|for|with|again|here|there|thing)"
    r"|^(?:lights?|music|heating|heat|silence|quiet|action|lumos|off|on|mute|pause)$"
    r"|^no more \w+(?: in (?:the|my|our|here)(?: \w+){0,2})?(?: (?:please|now|tonight))*$|^need a hand with"
)
WANTED: Final = re.compile(r"some ")
"""What is asked for with a question mark: "some music?"."""
STILL: Final = re.compile(
    r"(?:(?:buy|order|photograph|film|watch|check|inspect|examine|paint|repair|fix|wash|clean|tidy|decorate|polish|find|sell|admire|observe|monitor|measure|draw|sketch|move house|record|mark|schedule|rate|review|praise|mind|guard|wipe|scrub|dust|smell|taste|touch|ignore|disregard|skip(?! (?:the |this |that |it|to |ahead|back|forward|\d|one|two|next))|give up|do without|go without|never mind|keep an eye|hold|look at|forget|replace|return|ship|price|need(?! a hand))(?: |$)"
    r"|do (?:everything|anything|all|whatever|what|your|something nice|not)(?: |$)|have (?:a|another|some) (?:look|fun|rest|word|think|laugh|good|nice)|take (?:care of (?:yourself|him|her)|a (?:look|photo|picture|break|note|guess)|pictures?|photos?|your time)"
    r"|give (?:me |us )?(?:your|an|a) (?:opinion|thought|view|idea|hand|break|guess|word)|make (?:a|the|my|some|an)? ?(?:list|guess|note|drawing|joke|sense|wish|plan|point)(?: |$)|go (?:and )?(?:see|look|check|away|out|home|shopping)|show (?!.* on )|keep (?!\w+ (?:\w+ )?(?:on|off|open|closed|shut|warm|cool|dark|bright|lit|locked|quiet)))"
)
"""Of those that begin an order, what moves nothing."""
CLITICS: Final = re.compile(r"^(?:(?:have|to|just|please) )+")
INFLECTED: Final = re.compile(r"\w{2,}(?:ing|ed)")
NOUNS: Final = re.compile(
    r"(?:\w+ )?(?:lights?|lamps?|music|heat|heating|air|warmth|silence|quiet|darkness|more|less)(?: |$)"
)
BESIDE: Final = re.compile(
    r"(?:^| )(?:(?:that is |that's |which is )?(?:next to|above|below|beneath|under|underneath|beside|near|close to|behind|in front of|opposite|over (?=the|my))|while)(?= )"
)
EXCEPT: Final = re.compile(
    r"(?:^| )(?:leaving(?! (?:the (?:house|home|flat)|home|now|for))|sparing|ignoring|not counting|besides|instead of|rather than|but(?= (?:the|my|our) \w+(?: \w+)?$)|except(?: for)?|excepting|apart from|aside from|besides|other than|save for|with the exception of|excluding|but not|just not|and not|but leave|(?<=all) but|(?<=everything) but|(?<=anything) but|(?<=lights) but|(?<=all) bar|(?<=everything) bar|(?<=lights) bar|(?<=lot) bar|without)(?= )"
)
ALL_BUT: Final = re.compile(
    r"(?:^| )(?:all|every|everything|anything|both|each|whole|lot|lights|lamps|blinds)(?: \S+){0,8}?(?P<mark> (?:but|bar|save)(?: for)?)(?= (?:the|my|our|that|those|this|\S+(?: \S+)?$))"
)
KEEPS: Final = re.compile(
    r"(?:(?:but|and|just|only|please|though) )*(?:(?:keep|leave) (?:(?:only|just) .*|(?!.* at ).* (?:on|off|open|closed|shut|lit|alone|out|up|down|locked|going|running|playing|be|as (?:it is|they are)))"
    r"|(?:spare|exclude|omit|ignore) .*|.* (?:excepted|excluded|aside|left out)"
    r"|.* (?:stays?|remains?|(?:should|can|must|may|has to|have to|needs? to|is to) (?:stay|remain)|keeps? (?:running|going|playing))"
    r"(?: (?:on|off|open|closed|shut|lit|put|running|powered|connected|plugged in|as (?:it is|they are)))?)$"
)
NEGATED: Final = re.compile(
    r"\w+ (?:not|nothing|no|never)(?: |$)|.* (?:as (?:it is|they are|is)|the way (?:it is|they are)|alone|in peace)$"
)
CITING: Final = re.compile(
    r"(?:^| )(?:(?:he|she|they|it|mum|dad|mother|father|grandma|grandad|everyone|people|the \w+|my \w+|what \w+|as \w+)(?: \w+){0,2} (?:said|says|say|told|tells|shouted|yelled|used to say|wrote)|now there's|that's what|is what|would be|is a|was a|what an? (?:idea|thought))(?: |$)"
    r"|^(?:says|said|cried|cries|shouts|shouted|yells) |(?:^| )(?:is|was) (?:an?|his|her|my|our|their|your) "
)
