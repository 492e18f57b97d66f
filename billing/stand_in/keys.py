"""Keys for both sides of the stand-in: ours and the providers'. Made once, kept in ``var/``, never anybody's real ones."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from ..providers import pem

_FILE = "pay-stand-in.json"


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Private keys as PEM. WeChat has two: it changes them now and then, and signs with the second for a while."""

    merchant: str
    platform: str
    next_platform: str
    alipay_app: str
    alipay: str
    api_key: str
    mchid: str = "1900000001"
    appid: str = "wx0000000000000001"
    serial: str = "5" * 40
    platform_serial: str = "PUB_KEY_ID_0000000000000000000000000000000001"
    next_platform_serial: str = "PUB_KEY_ID_0000000000000000000000000000000002"
    app_id: str = "2021000000000001"
    seller_id: str = "2088000000000001"
    account_secret: str = "0" * 32

    def environment(self, url: str) -> Mapping[str, str]:
        """The variables by which we know these providers at ``url`` (docs/operate.md)."""
        platform = f"{self.platform_serial}:{_public(self.platform)}", f"{self.next_platform_serial}:{_public(self.next_platform)}"
        return {
            "WECHAT_PAY_GATEWAY": url.rstrip("/"),
            "WECHAT_PAY_MCHID": self.mchid,
            "WECHAT_PAY_APPID": self.appid,
            "WECHAT_PAY_SERIAL": self.serial,
            "WECHAT_PAY_KEY": pem.bare(self.merchant),
            "WECHAT_PAY_API_KEY": self.api_key,
            "WECHAT_PAY_PUBLIC_KEYS": ",".join(platform),
            "WECHAT_APPID": self.appid,
            "WECHAT_SECRET": self.account_secret,
            "WECHAT_API": url.rstrip("/"),
            "WECHAT_AUTHORIZE": url.rstrip("/") + "/connect/oauth2/authorize",
            "WECHAT_REHEARSAL": "yes",
            "ALIPAY_GATEWAY": url.rstrip("/") + "/gateway.do",
            "ALIPAY_APP_ID": self.app_id,
            "ALIPAY_SELLER_ID": self.seller_id,
            "ALIPAY_KEY": pem.bare(self.alipay_app),
            "ALIPAY_PUBLIC_KEYS": _public(self.alipay),
        }


def keys_in(folder: Path) -> Keys:
    """Those kept in a folder; made now where there are none."""
    path = folder / _FILE
    if path.exists():
        return Keys(**json.loads(path.read_text()))
    keys = new_keys()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(keys), file)
    return keys


def new_keys() -> Keys:
    """Five key pairs, which takes about half a second."""
    return Keys(
        merchant=_new(),
        platform=_new(),
        next_platform=_new(),
        alipay_app=_new(),
        alipay=_new(),
        api_key=secrets.token_hex(16),
    )


def loaded(text: str) -> RSAPrivateKey:
    """A key ready to sign."""
    key = serialization.load_pem_private_key(text.encode(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


def _new() -> str:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


def _public(private: str) -> str:
    key = loaded(private).public_key()
    return pem.bare(key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode())
