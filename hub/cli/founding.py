"""Setting up a real institution: what must be there before anybody can sign in."""

from hub.accounts import queries, services
from hub.accounts.models import Purpose, Role, Source, Status
from hub.charters import services as charters
from hub.core.links import address_of, path_to
from hub.core.unit import unit_of_work
from hub.directory import services as directory


def found(*, name: str, short_name: str, lead_name: str, lead_email: str, administrator: bool) -> str:
    """Make the institution with its lead and what ships: skills, charters. Where the lead sets a password."""
    with unit_of_work("institution.found"):
        institution = services.add_institution(
            name=name, short_name=short_name, email_domain=lead_email.rpartition("@")[2].lower()
        )
        directory.load_vocabulary(institution)
        charters.add_standard(institution.id)
        lead = services.add_person(
            institution,
            name=lead_name,
            email=lead_email,
            job_title="Technician Commitment lead",
            is_technician=False,
            status=Status.INVITED,
            source=Source.INVITED,
        )
        services.grant(lead, Role.LEAD, actor=None)
        if administrator:
            services.grant(lead, Role.ADMINISTRATOR, actor=None)
        token = services.make_link(queries.person(lead.id), Purpose.INVITE)
    return address_of(path_to("accounts.accept_invitation", token=token))
