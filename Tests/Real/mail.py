"""A real SMTP server on loopback that stores its mails."""

import email
import email.policy

from aiosmtpd.controller import Controller


class MailServer:
    def __init__(self, port):
        self.port = port
        self.messages = []
        self.controller = Controller(self, hostname="127.0.0.1", port=port)
        self.controller.start()

    async def handle_DATA(self, server, session, envelope):  # aiosmtpd's own name for it
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.messages.append((envelope.rcpt_tos, message))
        return "250 kept"

    def to(self, address):
        return [message for recipients, message in self.messages if address in recipients]

    def close(self):
        self.controller.stop()
