"""The rooms of the demo home, named in both languages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """The languages that the demo speaks."""

    FRENCH = "fr"
    ENGLISH = "en"

    @property
    def other(self) -> Language:
        """The other one."""
        return Language.ENGLISH if self is Language.FRENCH else Language.FRENCH


@dataclass(frozen=True, slots=True)
class Names:
    """What a thing is called: its name and its other names, by language."""

    fr: tuple[str, ...]
    en: tuple[str, ...]

    def of(self, language: Language) -> tuple[str, ...]:
        """Return the name and the other names in one language."""
        return self.fr if language is Language.FRENCH else self.en

    def name(self, language: Language) -> str:
        """Return the name that the home shows."""
        return self.of(language)[0]

    def aliases(self, language: Language) -> list[str]:
        """Return all other names, so that both languages are understood."""
        taken = {self.name(language).casefold()}
        found: list[str] = []
        for name in (*self.of(language)[1:], *self.of(language.other)):
            if name.casefold() not in taken:
                taken.add(name.casefold())
                found.append(name)
        return found


@dataclass(frozen=True, slots=True)
class Room:
    """One area of the home."""

    key: str
    icon: str
    names: Names


ROOMS: Final = (
    Room("salon", "mdi:sofa", Names(("Salon", "Séjour"), ("Living Room", "Lounge"))),
    Room("cuisine", "mdi:stove", Names(("Cuisine",), ("Kitchen",))),
    Room("chambre", "mdi:bed", Names(("Chambre",), ("Bedroom",))),
    Room("bureau", "mdi:desk", Names(("Bureau",), ("Office", "Study"))),
    Room(
        "salle_de_bain",
        "mdi:shower",
        Names(("Salle de bain", "Salle de bains"), ("Bathroom",)),
    ),
    Room(
        "entree", "mdi:coat-rack", Names(("Entrée",), ("Hallway", "Entrance", "Hall"))
    ),
    Room("garage", "mdi:garage", Names(("Garage",), ("Garage",))),
    Room("jardin", "mdi:tree", Names(("Jardin",), ("Garden", "Yard"))),
    Room(
        "salle_a_manger",
        "mdi:silverware-fork-knife",
        Names(("Salle à manger",), ("Dining Room",)),
    ),
)
