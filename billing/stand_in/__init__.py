"""WeChat Pay and Alipay that move no money: they check and sign as the real ones do, and a page lets a developer pay with a click."""

from .desk import Desk, How
from .keys import Keys, keys_in, new_keys
from .server import Server

__all__ = ["Desk", "How", "Keys", "Server", "keys_in", "new_keys"]
