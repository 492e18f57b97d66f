"""Settings of payments, read from the environment as all others (docs/online-payments.md, docs/hall-days.md)."""

from . import environment as env

__all__ = [
    "ALIPAY_APP_ID",
    "ALIPAY_GATEWAY",
    "ALIPAY_KEY",
    "ALIPAY_PUBLIC_KEYS",
    "ALIPAY_SELLER_ID",
    "BANK_TRANSFER_TO",
    "CHECKOUT_MINUTES",
    "CHECKOUT_TRANSFER_DAYS",
    "HALL_CASH_OVERNIGHT",
    "REVERSAL_ALWAYS_ASKED",
    "REVERSAL_NEEDS_COMPANY_FROM",
    "WECHAT_PAY_API_KEY",
    "WECHAT_PAY_APPID",
    "WECHAT_PAY_GATEWAY",
    "WECHAT_PAY_KEY",
    "WECHAT_PAY_MCHID",
    "WECHAT_PAY_PUBLIC_KEYS",
    "WECHAT_PAY_SERIAL",
]

CHECKOUT_MINUTES = env.number("CHECKOUT_MINUTES", 15)  # so long an online payment can be made for the price that was shown
CHECKOUT_TRANSFER_DAYS = env.number("CHECKOUT_TRANSFER_DAYS", 3)  # the same for a bank transfer
WECHAT_PAY_GATEWAY = env.text("WECHAT_PAY_GATEWAY", "https://api.mch.weixin.qq.com")
WECHAT_PAY_MCHID = env.text("WECHAT_PAY_MCHID", "")  # empty: WeChat Pay is not offered
WECHAT_PAY_APPID = env.text("WECHAT_PAY_APPID", "")
WECHAT_PAY_SERIAL = env.text("WECHAT_PAY_SERIAL", "")  # serial number of our merchant certificate
WECHAT_PAY_KEY = env.text("WECHAT_PAY_KEY", "")  # our private key: PKCS #8, base64 on one line
WECHAT_PAY_API_KEY = env.text("WECHAT_PAY_API_KEY", "")  # the APIv3 key, 32 characters
WECHAT_PAY_PUBLIC_KEYS = env.words("WECHAT_PAY_PUBLIC_KEYS")  # of the platform, SERIAL:KEY; the first is the current one
ALIPAY_GATEWAY = env.text("ALIPAY_GATEWAY", "https://openapi.alipay.com/gateway.do")
ALIPAY_APP_ID = env.text("ALIPAY_APP_ID", "")  # empty: Alipay is not offered
ALIPAY_SELLER_ID = env.text("ALIPAY_SELLER_ID", "")
ALIPAY_KEY = env.text("ALIPAY_KEY", "")
ALIPAY_PUBLIC_KEYS = env.words("ALIPAY_PUBLIC_KEYS")
BANK_TRANSFER_TO = env.text("BANK_TRANSFER_TO", "")  # holder, bank and account, as customers write it; empty: not offered
REVERSAL_ALWAYS_ASKED = env.words("REVERSAL_ALWAYS_ASKED", "unclaimed")  # reasons for which a second person looks at any amount
REVERSAL_NEEDS_COMPANY_FROM = env.number("REVERSAL_NEEDS_COMPANY_FROM", 500_000)  # minor units; approved above the heads of halls
HALL_CASH_OVERNIGHT = env.number("HALL_CASH_OVERNIGHT", 500_000)  # more cash stays in the safe of a hall overnight only with a reason
