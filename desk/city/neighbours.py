"""People, doors, accounts, meters and cards of one compound, as rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from zlib import crc32

from stdnum.cn import ric

import accounts.numbers
from accounts.models import Account, Customer, GasCard, Meter, Premises, Segment, Territory
from accounts.sealing import digest, seal
from accounts.searching import fold
from billing.models import Allowance

from . import names
from .households import Household, households, midnight
from .layout import Compound, Door
from .recipe import Recipe
from .tables import ACCOUNT, ALLOWANCE, CARD, CUSTOMER, METER, PHONE, PREMISES, TERRITORY, Rows, moment
