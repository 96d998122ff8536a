"""How roles, states and browsers are called on the page."""

from hub.accounts.models import Role, Status, UnitKind

ROLES = {
    Role.LEAD: "Technician Commitment lead",
    Role.DEPUTY_LEAD: "Deputy lead",
    Role.LEADER: "Head of institution",
    Role.WORKFORCE_OFFICER: "Workforce officer",
    Role.EDITOR: "Editor",
    Role.ADMINISTRATOR: "Administrator",
}
STATUSES = {
    Status.INVITED: ("Invited", "wait"),
    Status.ACTIVE: ("Active", "good"),
    Status.SUSPENDED: ("Suspended", "stop"),
    Status.LEFT: ("Left", "plain"),
}
UNIT_KINDS = {UnitKind.FACULTY: "Faculty", UnitKind.DEPARTMENT: "Department", UnitKind.TEAM: "Team"}

_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}
_DEVICES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


def browser_name(agent: str) -> str:
    """“Firefox on Windows”, from what a browser says of itself."""
    browser = next((name for part, name in _BROWSERS.items() if part in agent), "A browser")
    device = next((name for part, name in _DEVICES.items() if part in agent), "")
    return f"{browser} on {device}" if device else browser
