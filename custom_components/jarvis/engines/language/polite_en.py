"""What is said in English for politeness, before an order and after it, and why it is given."""

import re

from .grammar import Polite

FRONT = Polite(
    r"(?:hey|hi|hello|ok|okay|yo|oh|good (?:morning|evening|night))(?: jarvis)?",
    r"jarvis",
    r"so|well|um|uh|er|right|alright|now|yes|yeah|then|and|also|and then|next|just|first(?: of all)?|firstly",
    r"please|kindly|quickly|pretty please|excuse me|sorry|go ahead and|go and|be sure to",
    r"(?:can|could|would|will|might|may) (?:you|we|i ask you to)(?: please| kindly| maybe|"
    r" possibly| also| just| be so kind as to| be able to| help me)*",
    r"(?:can|could|would) (?:i get you|somebody|someone|anybody|anyone)(?: to)?",
    r"(?:is there )?any (?:chance|way) (?:that )?you (?:can|could|would)",
    r"no|actually|come on|be a dear and|do me a favou?r and|on second thoughts?",
    r"(?:i'm|i am) asking you to|i (?:beg|ask) you to",
    r"(?:i'd|i would|we'd|we would) like to|(?:i|we) (?:want|need) to",
    r"(?:i'd|i would|we'd|we would) (?:like|love|appreciate|prefer)(?: it if)?"
    r"(?: you to| you could| you would)",
    r"(?:i|we)(?: really| just| would)? (?:want|need|wish) (?:you to|for you to)",
    r"(?:would|do) you mind",
    r"(?:is|would|will) (?:it|that) (?:be )?(?:possible|okay|ok) (?:to|for you to|if you)",
    r"(?:if you could|if you can|if you would|if you don't mind|if possible)(?: please)?",
    r"you (?:can|could|should|may|might)(?: please| also| now| just)*",
    r"(?:don't|do not) forget to|remember to|make sure to|make sure you|let's|let us|"
    r"help me|try to|time to|it's time to",
    r"(?:it would|it'd|that would|that'd) be (?:great|nice|good|lovely) if you (?:could|would)",
    r"(?:how about|what about|why don't you)"
    r"(?= (?:turn|switch|open|clos|lock|unlock|dim|set|shut))",
)
BACK = Polite(
    r"please|thanks(?: a lot| jarvis)?|thank you(?: very much| so much| jarvis)?|cheers",
    r"jarvis|now|right now|right away|straight away|this instant|first|go(?: on| ahead)?|immediately|quickly|asap|for me|for us",
    r"(?:would|could|can|will) you(?: please)?|if you (?:can|could|would|please|will)",
    r"if you don't mind|if possible|when you (?:can|get a chance|have a moment)",
    r"again|back|too|as well|also|okay|ok|will ya|at once|(?:and )?(?:hurry(?: up)?|be quick(?: about it)?)|just once|one time|there|pls|plz|quick|ta",
    r"(?:mate|love|darling|dear|honey|mum|dad|buddy|pal|would ya)",
)
REMARK = re.compile(
    r"(?:it's|it is|they're|they are|i'm|i am|we're|we are|he's|she's|there's|there is|i can(?:'t| barely| hardly| see| hear))"
    r"(?!.* (?:not|no|if|when|unless|until|till|except|but|said|says|say|told|tells|asked|shouts|thinks|or|tomorrow|later|then)(?: |$))"
)
"""What is said after an order to give the reason: it changes nothing."""
