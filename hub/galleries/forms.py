"""What people fill in to make a gallery, to write in it and to answer."""

from wtforms import BooleanField

from hub.core.forms import HubForm, choice, line, number, prose
from hub.core.themes import Theme

QUOTE_WORDS = 40


class GalleryForm(HubForm):
    title = line(
        "What is it called?", "Give the gallery a title", most=80, description="Such as: The people of Forge Yard"
    )
    introduction = prose("What should a visitor know?", words=120)
    building = line("Which building?", most=80, description="If it gathers the people of one place.")
    theme = choice("Which theme?", Theme.choices(), blank="None in particular")
    position = number(
        "Where among the galleries?",
        "Enter a number from 1 to 99",
        least=1,
        most=99,
        description="The public page shows the lowest number first.",
    )

    @property
    def chosen_theme(self) -> Theme | None:
        return Theme(self.theme.data) if self.theme.data else None


class WordsForm(HubForm):
    does = line("What I do", most=120, description="One line, as you would say it to a visitor.")
    quote = prose("In my words", words=QUOTE_WORDS, description="One or two sentences that sound like you.")


class TheirWordsForm(HubForm):
    does = line("What they do", most=120, description="One line, as they would say it to a visitor.")
    quote = prose("In their words", words=QUOTE_WORDS, description="What they said to you. They read it first.")


class AgreeForm(HubForm):
    photograph = BooleanField("I also agree that my photograph is shown with it")
