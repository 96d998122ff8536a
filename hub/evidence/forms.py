"""What somebody fills in to bring evidence by hand."""

from flask_wtf.file import FileField
from wtforms import Field, ValidationError

from hub.core.clock import today
from hub.core.forms import HubForm, choice, day, line, number, prose
from hub.core.links import is_web_address
from hub.core.themes import Theme
from hub.evidence.models import Scope


class AddItemForm(HubForm):
    title = line(
        "What does it show?",
        "Say in one sentence what it shows",
        description="For example, Three schools now share one laser cutter.",
    )
    theme = choice("Theme", {t.value: t.label for t in Theme}, "Choose a theme")
    happened_on = day("When did it happen?", "Enter the day on which it happened", latest=today)
    text = prose(
        "What was said or done?", words=300, description="A testimonial, a figure with its date, a short account."
    )
    source = line("Whose words or figures are these?", description="Name somebody only with their permission.")
    link = line("Web address", most=500, description="A page that proves it, beginning with https://")
    file = FileField("A document or picture", description="PDF, JPEG, PNG, Word or Excel, up to 10 MB.")
    people = number("How many people does it concern?", most=100_000)
    scope = choice("How far may it travel?", {s.value: s.label for s in Scope}, "Choose how far it may travel")
    use_until = day("Use until", earliest=today, description="If the permission runs out.")

    def validate_link(self, field: Field) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError("Enter a web address that begins with https:// or http://")

    def validate(self, extra_validators: object = None) -> bool:
        whole = super().validate(extra_validators)
        if whole and not (self.text.data or self.link.data or self.file.data):
            self.text.errors = [*self.text.errors, "Write something, give a web address or add a file"]
            return False
        return bool(whole)
