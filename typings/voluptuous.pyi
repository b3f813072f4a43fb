# Home Assistant replaces voluptuous with probatio when it is imported.
from probatio import *
