"""A mail server that keeps what it is given: enough SMTP (RFC 5321) for one sender at a time per connection, no sending on."""

import email
import email.policy
import socketserver
from email.message import EmailMessage

from .gateway import Gateway

_LONGEST_LINE = 2000
_LARGEST = 1024 * 1024


class MailServer(socketserver.ThreadingTCPServer):
    """The stand-in on 127.0.0.1; port 0 takes a free one. What arrives is shown with the text messages."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *, port: int, gateway: Gateway) -> None:
        self.gateway = gateway
        super().__init__(("127.0.0.1", port), _Conversation)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer
    timeout = 30

    def handle(self) -> None:
        self._say("220 stand-in ready")
        while line := self.rfile.readline(_LONGEST_LINE):
            command = line.strip().decode(errors="replace").upper()
            if command.startswith("QUIT"):
                self._say("221 bye")
                return
            if command.startswith("DATA"):
                self._say("354 go on")
                self._keep(self._read())
            elif command.startswith("RCPT") and "@" not in command:
                self._say("550 no such mailbox")
            elif command.startswith(("EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP")):
                self._say("250 well")
            else:
                self._say("502 not understood")

    def _read(self) -> bytes:
        lines, size = [], 0
        while (line := self.rfile.readline(_LONGEST_LINE)) and line != b".\r\n":
            size += len(line)
            if size <= _LARGEST:
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _keep(self, raw: bytes) -> None:
        letter: EmailMessage = email.message_from_bytes(raw, policy=email.policy.default)
        body = letter.get_body(("plain",))
        text = f"{letter['Subject'] or ''}\n\n{body.get_content() if body else ''}".replace("\r\n", "\n").strip()
        language = str(letter["Content-Language"] or "")
        self.server.gateway.keep(str(letter["Message-ID"]), to=str(letter["To"] or ""), text=text, language=language, way="email")
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
