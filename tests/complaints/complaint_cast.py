"""What tests of complaints have in common: a complaint through its operation, and whoever looks into complaints."""

import complaints.operations.complaining
from accounts.actors import System
from accounts.roles import Role
from complaints.models import Complaint
from complaints.operations.complaining import Grievance
from tests.factories.accounts import StaffFactory

WEB = System("web")


def complain(at, by=WEB, call=None, **known) -> Complaint:
    """One that was written on the web by nobody we know."""
    known = {"about": "conduct", "text": "三号柜台的人大声对我喊叫。", "channel": "web", **known}
    return complaints.operations.complaining.complain(grievance=Grievance(**known), call=call, by=by, at=at)


def router(**known):
    """Rui, who routes complaints for the whole company."""
    known = {"user__username": "rui", "name": "瑞丽", "number": "501", "hall": None, "roles": [Role.COMPLAINT_ROUTER], **known}
    return StaffFactory(**known)
