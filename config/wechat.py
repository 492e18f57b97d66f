"""Settings of the company's account at WeChat, read from the environment as all others (docs/wechat.md)."""

from . import environment as env

__all__ = ["WECHAT_API", "WECHAT_APPID", "WECHAT_AUTHORIZE", "WECHAT_REHEARSAL", "WECHAT_SECRET"]

WECHAT_APPID = env.text("WECHAT_APPID", "")  # empty: nobody signs in from WeChat
WECHAT_SECRET = env.text("WECHAT_SECRET", "")
WECHAT_API = env.text("WECHAT_API", "https://api.weixin.qq.com")
WECHAT_AUTHORIZE = env.text("WECHAT_AUTHORIZE", "https://open.weixin.qq.com/connect/oauth2/authorize")
WECHAT_REHEARSAL = env.flag("WECHAT_REHEARSAL")  # the account is a stand-in, which serves browsers that are not WeChat's own
