"""The staff of the demo: everybody's role, hall, name and number; at least one person for every role."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password

import accounts.operations
from accounts.models import Hall, User
from accounts.operations.periods import Period
from accounts.operations.staff import NewStaff
from accounts.roles import Role

from .places import GOVERNMENT, NORTH, SOUTH
from .reference import CITY
from .sign_ins import SignIns

#: User name, staff number, name, hall, role. The first of a role is the one the demo signs in as.
ROSTER: tuple[tuple[str, str, str, str, Role], ...] = (
    ("fang", "017", "王芳", NORTH, Role.CLERK),
    ("lei", "018", "李磊", NORTH, Role.CLERK),
    ("juan", "019", "张娟", NORTH, Role.CLERK),
    ("yan", "027", "赵燕", SOUTH, Role.CLERK),
    ("hua", "028", "孙华", SOUTH, Role.CLERK),
    ("jing", "037", "周静", GOVERNMENT, Role.CLERK),
    ("qiang", "001", "刘强", NORTH, Role.HALL_HEAD),
    ("ping", "002", "陈萍", SOUTH, Role.HALL_HEAD),
    ("bo", "003", "郭波", GOVERNMENT, Role.HALL_HEAD),
    ("xia", "040", "宋霞", "", Role.HOTLINE_AGENT),
    ("gang", "050", "韩刚", "", Role.DISPATCHER),
    ("jun", "051", "杨军", "", Role.CREW),
    ("chao", "052", "徐超", "", Role.CREW),
    ("long", "053", "朱龙", "", Role.CREW),
    ("bin", "054", "胡斌", "", Role.CREW),
    ("peng", "055", "罗鹏", "", Role.CREW),
    ("hao", "056", "谢浩", "", Role.CREW),
    ("dong", "057", "冯东", "", Role.CREW),
    ("lin", "058", "蒋林", "", Role.CREW),
    ("tao", "060", "马涛", "", Role.INSPECTOR),
    ("min", "061", "高敏", "", Role.STEWARD),
    ("qin", "062", "田琴", SOUTH, Role.STEWARD),
    ("wei", "070", "林伟", "", Role.KEY_ACCOUNT_MANAGER),
    ("lan", "071", "何兰", "", Role.RECEPTION_SPECIALIST),
    ("ning", "072", "梁宁", "", Role.DIRECTION_SPECIALIST),
    ("xue", "073", "唐雪", "", Role.APPLICATION_ROUTER),
    ("yu", "074", "许玉", "", Role.COMPLAINT_ROUTER),
    ("feng", "080", "邓峰", "", Role.ENGINEER),
    ("ling", "081", "曹玲", "", Role.MARKETING),
    ("kai", "082", "袁凯", "", Role.INSTALLER),
    ("hong", "083", "于红", "", Role.SERVICE_OPERATOR),
    ("dan", "090", "董丹", "", Role.SUPERVISOR),
    ("guo", "091", "萧国", "", Role.BRANCH_MANAGER),
    ("zhen", "092", "孟珍", "", Role.HEAD_OFFICE),
    ("mei", "101", "陈梅", "", Role.FINANCE),
    ("ada", "900", "Ada Wong", "", Role.ADMINISTRATOR),
)


#: Everybody has been here for as long as the purchases go back, and the requests of the last days.
_IN_OFFICE = timedelta(days=365)


def hire_everybody(sign_ins: SignIns, at: datetime) -> None:
    """All staff with their roles, the password of this installation, and a second factor each."""
    halls = {hall.code: hall for hall in Hall.objects.all()}
    for username, number, name, hall, role in ROSTER:
        person = NewStaff(username=username, number=number, name=name, hall=halls.get(hall))
        staff = accounts.operations.hire_staff(person=person, by=CITY, at=at)
        accounts.operations.grant_role(staff=staff, role=role, period=Period(since=at - _IN_OFFICE), by=CITY, at=at)
        Authenticator.objects.create(user=staff.user, type=Authenticator.Type.TOTP, data={"secret": encrypt(sign_ins.secrets[username])})
    # One hash for all: hashing each alone would take longer than building a small city.
    User.objects.filter(username__in=sign_ins.secrets).update(password=make_password(sign_ins.password))
