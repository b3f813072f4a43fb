"""How English parts of an utterance begin, folded."""

import re
from typing import Final

_PEOPLE: Final = (
    r"(?:i|i'm|i've|i'd|i'll|he|he's|she|she's|they|they're|they've|we|we're|we've|we'll|it|it's"
    r"|that|that's|this|there|there's|these|those|you|you're|you've|everyone|everybody"
    r"|someone|somebody|nobody|people)"
)
_FINITE: Final = (
    r"(?:is|are|was|were|am|has|had|have|will|would|could|should|can|may|might|must|did|does"
    r"|do|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|won't|can't|got|went|came|saw|told|said|says|made|ran"
    r"|took|gave|left|shut|put|set|lit|let|kept|forgot|broke|bought|thought|knew|felt|found"
    r"|heard|held|lost|paid|read|sang|sat|slept|sold|sent|spent|stood|stole|threw"
    r"|woke|won|wrote|used|loves?|likes?|hates?|wants?|needs?|looks?|feels?|sounds?|seems?|goes|keeps|makes|turns|switches"
    r"|opens|closes|[a-z]{3,}ed)"
)

JOINTS: Final = re.compile(
    r"(?! and (?:a half|a quarter|three quarters)(?: |$))(?!(?:(?<=hundred)|(?<=thousand)) and )"
    r"(?:^| )(?:and then|and so|and|then|but|because|while|so(?= (?:please|can|could|would|turn|switch|put|set|make|close|open|let's|you|i|we)(?: |$)))(?= )"
)
FILLERS: Final = re.compile(
    r"(?:hey|hi|hello|ok|okay|yo|oh|ah|so|well|um|uh|er|hmm|right|alright|now|yes|yeah|yep"
    r"|sure|then|and|also|next|just|please|kindly|quickly|jarvis|sorry|excuse me|but|no(?! need| more| point| way)"
    r"|actually|maybe|perhaps|come on|by the way|good (?:morning|evening|night|afternoon)"
    r"|if (?:you|it) (?:don't mind|please|like|can|could)|if possible|again|too|my (?:dear|friend)|love|mate|be (?:a|an) (?:dear|love|star|angel|pal|darling)"
    r"|do me a favou?r)(?!\w)(?! (?:you|evening|lovely))"
)
POLITE: Final = re.compile(
    r"(?:(?:do|would|don't) you (?:think|suppose|reckon) (?:that )?(?:you|we|it) (?:could|can|might|would|should)"
    r"|(?:can|could|would|will|won't|can't|couldn't|might|may) (?:you|we|somebody|someone|anybody|anyone)"
    r"|(?:can|could|may|might) i (?:have|get|ask you to|trouble you to|please have)|can i"
    r" please have|(?:do|would|could|can) you mind|mind(?= \w+ing )|any chance of|is there (?:a|any) (?:way|chance) (?:to|of|you (?:can|could)|for you to)"
    r"|(?:i|we) (?:was|were|am|'m) (?:wondering|hoping) (?:if|that|whether) (?:you|we) (?:could|can|would|might)"
    r"|i wonder (?:if|whether) you (?:could|can|would|might)"
    r"|(?:is|would|will) (?:it|that) (?:be )?(?:possible|okay|ok|all right|alright) (?:to|for you to|if you)"
    r"|(?:is there )?any (?:chance|way) (?:that |of )?(?:you|we)? ?(?:can|could|would|might|to)?"
    r"|i should be grateful if you would|(?:i'd|i would|we'd|we would) (?:really |very much )?(?:like|love|prefer|appreciate|be (?:grateful|happy|glad))"
    r"(?: it)?(?: if)?(?: (?:you|for you|to have))?(?: (?:to|could|would))?"
    r"|(?:i|we)(?: really| just| do)? (?:want|need|wish|expect)(?: (?:you|for you|to have))?(?: to)?"
    r"|you (?:can|could|should|may|might|must|need to|have to|had better|'d better)|you'd better"
    r"|(?:let's|let us|time to|it's time to|go ahead and|go and|feel free to|make sure|be sure to|"
    r"remember to|don't forget to|do not forget to|try to|try and|help me|be a dear and|be so (?:kind|good) as to"
    r"|be (?:kind|good) enough to|how about(?! you)|what about(?! you)|why don't (?:you|we)|why not|we should|we (?:have|need|ought) to"
    r"|be able to|manage to|that you|you to)"
    r"|(?:it would|it'd|that would|that'd|it'll|it will) (?:help|be (?:great|nice|good|lovely|wonderful|helpful|kind of you|cool|awesome|perfect))"
    r"(?: if you| to| if we)?(?: could| would| can)?"
    r"|if (?:you|we) (?:could|can|would|might)|i(?:'m| am) asking you to|i (?:beg|ask|order|command) you to"
    r"|(?:ask|tell|get|order) (?:the|my|our) (?:\w+ )?(?:vacuum|vacuum cleaner|robot|hoover|mower|roomba) to"
    r"|(?:i|we) (?:wouldn't|would not) (?:mind|say no to)|would (?:it|that) (?:trouble|bother) you to|shall we have|let me have|let me get)(?!\w)"
)
_NEWS: Final = (
    r"(?:joke|stor(?:y|ies)|recipe|summary|fact|idea|example|advice|news|forecast|weather|temperature"
    r"|time|status|explanation|number|reason|answer|tip|hint|overview|definition|quote|poem|riddle|list of|rundown|update)"
)
TALKS: Final = re.compile(
    r"(?:tell|telling|say|saying|explain|explaining|describe|read|reading(?! (?:lamp|light))|show|sing|recite|write"
    r"|translate|spell|define|compare|calculate|compute|count|guess|imagine|pretend|suppose"
    r"|suggest|recommend|advise|list|name|summari[sz]e|repeat|think|thinking|know|knowing|believe|see(?! to)|hear"
    r"|feel|recall|understand|like|love|want|prefer|wonder|talk|speak|chat|discuss|teach|answer|ask me"
    r"|check (?:if|whether|that|on|what|how|when)|find out|look up|look at|look for|search|remember (?:when|what|how|that|the)"
    r"|remind me (?:what|how|who|when|where|why|which|of|about)|let me know|learn|inform|confirm|quote|thank"
    rf"|(?:a|an|another|one more|some)(?: \w+)? (?:story|tale|joke|poem|riddle|recipe|anecdote|fable|stories|jokes)(?= |$)|(?:give|get|bring|send)(?: me| us)?(?: (?:a|an|the|some|another|today's|tomorrow's|your))*(?: \w+)? {_NEWS}s?"
    r"|be (?:honest|quiet|careful|nice)|know|make up|come up with|compose|draft|rhyme)(?!\w)"
)
_SWITCHES: Final = r"(?:turn|switch|put|set|open|close|shut|lock|unlock|start|dim|brighten|raise|lower|lift|light|activate|disable|arm|disarm|draw|pull|press)"
_ACTS: Final = rf"(?:{_SWITCHES}|stop|play|pause|mute|clean|vacuum|hoover|mow|water|heat|warm|cool|run|check)"
_PERSON: Final = (
    r"(?:mum|mom|mother|dad|father|gran|granny|grandma|grandpa|grandad|parents?|brother|sister|cousin|aunt|uncle|husband|wife|partner"
    r"|son|daughter|kids?|child|children|boys?|girls?|neighbou?rs?|friends?|mate|colleagues?|boss|landlord|landlady|tenants?|guests?|nanny"
    r"|babysitter|sitter|cleaners?|plumber|electrician|gardener|caretaker|janitor|teacher|roommate|flatmate|boyfriend|girlfriend)"
)
_NOBODY: Final = (
    r"(?:it|them|this|that|these|those|the|some|a|an|all|every\w*|any\w*|my|our|your|its|me|us|you|things?|stuff|more|less|ready|rid|up|down"
    r"|on|off|back|in|out|to|both|each|another|one|[a-z]+s|[a-z]*(?:light|lamp|music|heat|heating|air|radio|tv|telly))"
)
_NOTE: Final = r"(?:notes?|reminders?|memos?|messages?|e?mails?|e mails?|texts?|voicemails?|word|letters?|post its?)"
_SHORTAGE: Final = (
    r"(?:(?:we|i)(?:'re|'m| are| am)?(?: \w+)?|we've(?: \w+)?|i've(?: \w+)?|(?:the|my|our) \w+ (?:is|are)(?: \w+)?|running) "
    r"(?:(?:run|ran|running) (?:out of|low on|short of)|(?:down|low|short)(?: on| of)(?= \w+$)|out of) (?!time|ideas|patience|luck|breath|order|control|reach|bounds|here|the )"
    r"|(?:there's|there is|there are|there isn't|there aren't|(?:we|i)(?:'ve| have)?(?: got)?) (?:no|any) (?:more )?(?!light|heat|heating|power|sound|music|signal|internet|wifi|time|point|way|idea|need|one)"
    r"(?:\w+ ){0,2}\w+(?: left| any more| anymore)?$"
    r"|(?:we|i)(?:'ve| have)? (?:used|finished|drank|ate|eaten|drunk)(?: up)? the last (?:of )?"
)
"""That something has run out: it is for a list, and moves nothing."""
PASSES_ON: Final = re.compile(
    rf"{_SHORTAGE}|(?:get|have|let|make|allow|help|expect|trust|want|need) (?!{_NOBODY} )[a-z]+ (?:to )?{_ACTS}(?: |$)"
    rf"|(?:get|have|let|make|allow|help|expect|trust|want|need) (?:my|our|the|his|her) {_PERSON} (?:to )?[a-z]+(?: |$)"
    rf"|(?!play|turn|switch|show)\w+ (?:me |us |\w+ )?(?:a |an |the |this |my )?(?:\w+ )?{_NOTE} (?:\w+ ){{0,4}}(?:to|that|for|saying|telling|asking|about) "
    # "I want | Tom to open the blind"
    rf"|(?:(?:my|our|the|his|her) {_PERSON}|(?!(?:{_NOBODY}|just|please|not|how|what|where|when|if|be|go|come|try|able|time|ready|like|want|need|have) )[a-z]+) to {_ACTS}(?: |$)"
    r"|(?:add|put|set|create|make|schedule|leave|save|write|plan|stick|pop|enter)(?: \w+)* (?:reminders?|notes?|memos?|messages?|diary|agenda|calendar|to do(?: list)?|todo|list)(?: |$)"
    r"|(?:whisper|shout|mention|suggest|report|explain|pass (?:it |this )?on|relay|hand over|say|signal|yell) (?:\w+ )?to (?!(?:me|us)(?: |$))|nudge (?:me|us|\w+) |ping (?:me|us|\w+) |pass (?:the|a|this|my) (?:message|word)|spread the word|drop \w+ a (?:line|note|message)"
    r"|(?:ring|call|phone)(?: up)? (?!off)(?:(?:my|our|the) )?\w+ (?:to|and) "
    r"|(?:remind(?:ing)? (?!me (?:what|how|who|when|where|why|which|of|about)(?: |$))|(?:make|have|get|let)(?:ting|ing)? (?:me|us|him|her|them|\w+) (?:to )?(?:think|remember)(?: |$)|let (?:\w+ ){1,3}know(?: |$)"
    r"|(?:tell|telling) (?!me|us|a |an |the (?:time|story|joke|truth)|jokes?|stories|your|if|whether|what)|ask(?:ing)? (?!me|you|for )|(?:order|instruct|warn|notify|inform|alert|advise|persuade|convince|forbid|text|email|message) (?!me(?: |$)|us(?: |$)|you)(?:\w+ ){1,3}(?:to|that|he|she|they|about|not)(?: |$)"
    r"|(?:note|remember|write(?: down)?|jot(?: down)?|make a note|take a note|keep in mind|bear in mind|mark|record)(?: down)? (?:that|to|how)(?: |$)|make (?:a )?note |announce |broadcast |call out "
    r"|send (?:(?:\w+ ){0,3}(?:message|text|email|mail|note|sms|word)(?: |$)|(?!the |it |out|back|my |our |this |some )\w+$)|leave (?:\w+ )?(?:a )?(?:message|note) )"
)
PASSED_ON: Final = re.compile(
    r"^(?:let's )?(?:have|get|let|make) |(?:^| )(?:(?:to|must|should|has to|have to|needs? to) (?:not )?(?!the |my |our |a |you |us |everyone|list|groceries)\w+|(?:of|about) (?:not )?\w+ing(?: |$))"
)
GENERAL: Final = re.compile(
    r"(?:^| )(?:(?:in|into|to) (?:one|two|three|four|five|a few|fewer|a single|\d+) (?:\w+ )?(?:sentences?|words?|lines?|paragraphs?|verses?)|in (?:short|brief|a nutshell|more detail)|in (?:general|theory|principle)|generally|theoretically|are you able to)(?: |$)"
)
MISSED: Final = re.compile(
    r"(?:^| )(?:you|one|we|somebody|someone) (?:should|could|might|must|ought to|would|needn't|shouldn't) (?:not )?(?:'?ve|have) (?:(?:not|never|better|already|just) )*(?:\w+ed|been|put|set|shut|lit|left|told|done|got|made|let|gone|kept|run|brought|given)(?: |$)"
)
RETRACTS: Final = re.compile(
    r"(?:(?:no|nope|wait|hold on|hang on|oh|ah|actually|well|but|or|on second thoughts?|hmm|um) ?)*(?:no(?: thanks| thank you)?|nope|never ?mind(?: that)?|forget (?:it|that|about it|about that|i said (?:that|anything))|scratch that|skip (?:it|that)|drop it|cancel(?: that| it)?|leave it|don't(?: do (?:it|that))?|do not(?: do (?:it|that))?|stop|ignore (?:that|me|it)|disregard that"
    r"|(?:(?:i'm|i am|i was|we're|we were) )?(?:just |only )?(?:kidding|joking|messing(?: with you)?|pulling your leg|teasing)(?: (?:of course|you))?|(?:that|it)(?:'s| is| was) (?:just |only )?a joke|just for (?:fun|a laugh)|(?:i've |i have )?changed my mind|i take (?:it|that) back|not really)"
    r"(?: (?:then|please|thanks|actually|after all))?"
    r"|(?=.*(?<!\w)(?:no|nope|nah|never ?mind|forget|scratch|scrap|ignore|disregard|don't|undo|kidding|joking|changed my mind)(?!\w))"
    r"(?:(?:oh|ah|eh|hm+|um|uh|er|actually|well|but|or|so|wait|hold|hang|on|a|sec|second|moment|minute|thoughts?|sorry|please|thanks|thank|you|then|after|all|it|that|this|about"
    r"|i|i'm|i've|said|asked|spoke|ever|anything|everything|what|just|only|was|am|me|my|mind|changed|take|back|no|nope|nah|never|nevermind|forget|scratch|scrap|ignore"
    r"|disregard|cancel|leave|do|don't|not|undo|kidding|joking|stop|drop|skip|bother|rather|better|let's|instead|can|whole|thing|last)(?: |$))+"
)
RETRACTS_LAST: Final = re.compile(
    r" (?:(?:oh |ah |actually |well |wait |hang on |hold on )*(?:no wait|no don't|no forget (?:it|that)|actually no|wait no|never ?mind|forget (?:it|that|i (?:said|asked)(?: \w+)?)|scratch that|scrap that|disregard that|ignore that"
    r"|(?:i'm )?(?:just |only )?(?:kidding|joking)|(?:i )?changed my mind|on second thoughts? (?:no|don't|leave it)))(?: (?:please|thanks|sorry|actually))?$"
)
MESSAGES: Final = re.compile(
    r"(?:write .*(?:on|in|to) (?:the|my|our) (?:\w+ )?(?:list|calendar|diary|agenda|groceries)|write (?:to|mum|mom|dad) |complete (?:the|my|our) .*list|say (?:out loud|aloud) in |sing (?:quieter|louder|softer)|read the radio|count (?:down )?(?:\w+ ){1,2}(?:minutes?|seconds?|hours?)(?: |$)|remember that |think of .*(?:tomorrow|tonight)$|(?:tell|telling) (?!me|us|a |an |the (?:time|story|joke|truth)|jokes?|stories|your|if|whether|what)"
    r"|(?:say|read|send|show) .*(?:to (?:everyone|everybody|the (?:kids|children|family|house))|over the|through the|on (?:the|all|every) (?:tv|telly|television|screen|speakers?))"
    r"|let (?:everyone|everybody|the (?:kids|children|family)) know|enough (?:of|with) (?:the|this|that) \w+(?: \w+)?$)"
)
QUESTIONS: Final = re.compile(
    r"(?:what|what's|whats|who|who's|when|where|where's|why|how|how's|which|whose|whom|what're"
    r"|has|hasn't|is|are|was|were|am|isn't|aren't|wasn't|weren't|ain't|does|doesn't|did|didn't|should|shouldn't|shall|must"
    r"|(?:do|don't) (?:you|i|we|they|people|the \w+ \w+|my \w+ \w+|these|those|all|any|[a-z]+s \w+)"
    r"|(?:has|hasn't|have|haven't|had|hadn't) (?:i|you|he|she|it|we|they|there|anyone|anybody|someone|my|any)"
    r"|(?:can|could|would|will|won't|can't|couldn't|wouldn't|may|might) (?:i|he|she|it|they|the|my|this|that|there|your|a|an|one|these|those|[a-z]+s)"
    r"|any (?:idea|news|chance that)|whether|wonder)(?!\w)"
)
_GERUND: Final = r"(?:clos|rais|activat|disabl|leav|chang|mov|adjust|touch|mess|fiddl)"
FORBIDS: Final = re.compile(
    rf"(?:(?:stop|quit|ceas\w+|halt|give up|enough of|no more)(?: \w+ly| always| constantly| just)* (?:{_SWITCHES}[tmp]?|{_GERUND})ing|(?:stop|quit|ceas\w+) (?:trying|wanting|attempting|offering|going) to|no need|no point|no way|hands off|keep (?:off|away|your|out)|don't|do not|never|not|no need|nobody should|stop (?:talking|asking|saying)|leave(?! (?:\w+ ){{1,5}}(?:on|off|open|closed|shut|down|up|lit|locked|running|playing)(?: (?:please|tonight|for now|all night|overnight|for (?:the|a) \w+))*$)|you don't|without)(?!\w)"
)
_TOO: Final = r"(?:(?:too|so|very|a bit|a little|bit|rather|quite|pretty|really|getting|awfully|far|much|way|still|always|kind of|feeling|such) ){0,6}"
_MUCH: Final = (
    r"^(?:there(?:'s| is| are) |it(?:'s| is) (?:full|covered) (?:of|in|with) |so much |all this )?(?:\w+ ){0,2}(?:dust|crumbs|dirt|mud)"
    r"(?: again)?(?: (?:everywhere|all over(?: .*)?|(?:on|under|in|across|around) (?:the|my|our) .*))(?: again)?$"
    r"|^(?:the )?(?:floor|carpet|rug|ground)(?:'s| is) (?:a mess|messy|filthy|covered .*|full .*)$"
)
"""What has to be cleaned."""
_SUN: Final = (
    r"^(?:i(?:'ve| have)(?: got)? |we(?:'ve| have)(?: got)? |there(?:'s| is) )?(?:the |this |too much |all this )?(?:sun|glare|light|sunlight)(?:'s| is| keeps)? (?:\w+ ){0,2}"
    r"(?:(?:blinding|dazzling|bothering)(?: (?:me|us))?|(?:in|into|on) (?:my|our|the) (?:eyes?|face|screen|tv|telly))$"
)
_ALIKE: Final = (
    r"^(?:it(?:'s| is| feels)|this (?:is|place is|room is)|i feel|(?:my|our) (?:feet|hands|toes|fingers|nose) (?:are|is|feel))(?: just| really)? "
    r"(?:like (?:an?|the|in an?|being in an?) )(?:\w+ )?(?:oven|furnace|sauna|greenhouse|sahara|desert|fridge|freezer|icebox|ice|igloo|north pole|antarctic|cave|tomb|dungeon)(?: (?:in here|in (?:the|this|my|our) \w+(?: \w+)?))?$"
    r"|^(?:my|our) (?:feet|hands|toes|fingers) are (?:like )?(?:ice|freezing|frozen|cold|numb)$"
    r"|^(?:i|we) (?:can't|cannot|can't really|can hardly) (?:sleep|work|think|relax|concentrate) (?:with|in|because of) "
)
"""What it is like here, or keeps one from sleeping."""
NEEDS: Final = re.compile(
    r"^(?:(?:(?:it|this|that)(?:'s| is| feels| looks| got| has got)?|i(?:'m| am| feel)|we(?:'re| are)|(?:the|this|my|our)(?: \w+){0,2}(?: room|room|place|house|bath|music|tv|telly|radio|volume|air|kitchen|office|hall|floor|lawn|grass)?"
    r"(?:'s| is| are| feels| looks)|here|why is it|isn't it|is it) )?"
    + _TOO
    + r"(?:(?:pitch )?dark|pitch black|dim|bright|gloomy|cold|chilly|freezing|frozen|icy|arctic|parky|nippy|perishing|hot|warm|boiling|roasting|baking|melting|sweltering|scorching|stifling|stuffy|low|faint|loud|noisy|quiet|dry|humid|damp"
    r"|dirty|dusty|draughty|drafty|messy|sweating|shivering|gloomy)(?: (?:for (?:me|us|my \w+)|to (?:read|see|cook|sleep|work)|jarvis)){0,3}(?: (?:in here|here|in (?:the|this|my|our)(?: \w+){1,2}|enough|again|already|now|today|tonight)){0,3}(?: isn't it| right| jarvis)?$"
    r"|^(?:i|we) (?:can't|cannot|can hardly|can barely|can not) (?:see|hear|breathe|read)|(?:^| )could (?:do with|use) "
    rf"|{_MUCH}|{_SUN}|{_ALIKE}"
)
NO_NEED: Final = re.compile(
    r"(?:^| )(?:outside|outdoors|story|book|novel|joke|humou?r|movie|film|yesterday|was|were|would|today|last|will be|summer|winter|colou?r|enough|(?:is|are) you)(?: |$)"
)
TELLS: Final = re.compile(
    rf"{_PEOPLE} (?!please)"
    r"|(?:thanks|thank|cheers|great|nice|lovely|wow|haha|ha|lol|cool|perfect|good|bravo|well done|congratulations|brilliant|excellent|awesome|amazing|fantastic|wonderful|interesting|funny|super|never mind"
    r"|yesterday|last|earlier|sometimes|often|once|ago|usually|apparently|imagine|suddenly|today|this (?:morning|afternoon|week)|when|if|because|while|after|before|since|although|though|unless|until|in (?:my|the) (?:dream|film|movie|book|story|past)"
    r"|what a|how (?:nice|lovely|kind|funny)|welcome|bye|goodbye|see you)(?!\w)"
    rf"|(?!please)(?!turn|switch|put|set|shut|let|make|get)[a-z]+(?:'s)? {_FINITE}(?!\w)"
    r"|(?!focus|press|dress|pass|guess|process|less|lights|blinds|bus)[a-z]{3,}(?:ches|shes|ns|ts|ps|ks|ls|ses) (?:on|off|up|down|the|a|his|her|their|its)(?!\w)"
    r"|[a-z]{3,}ed (?:on|off|up|down|the|a|his|her|their|its|it)(?!\w)"
)
FRAGMENTS: Final = re.compile(
    r"(?:the|a|an|my|our|his|her|their|your|its|all|both|every|each|some|any|in|on|at|for|with|to|from"
    r"|upstairs|downstairs|also|except|not|one|two|three|another)(?!\w)"
)
FINITE: Final = re.compile(
    rf"(?:^| )\w+ (?!set|put|shut|left|read|let|light){_FINITE}(?: |$)"
)
RELATIVE: Final = re.compile(
    r"^(?!i (?:think|believe|guess|suspect|fear|suppose) )(?:.* )?(?:who|that|where|which|whose|in which|about how|when|if|whether|they|he|she|people|to say|saying|how to|what happens)(?: |$)"
)
QUOTES: Final = re.compile(
    r"(?:^| )(?:said|says|say|saying|told|tells|shouted|shouts|yelled|yells|wrote|writes|whispered|asked|asks|called|announced|reads|replied|goes|line|phrase|words?|sentence|sign|note|text|email|message|translate|spell|pronounce)(?: (?:me|us|him|her|them|it|to (?:me|us|him|her|them)|that|out loud|is|was))*$"
)
