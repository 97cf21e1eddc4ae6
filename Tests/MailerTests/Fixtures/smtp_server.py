"""An SMTP server on loopback for the tests: prints its port as a line of JSON, then each accepted mail.

Uses aiosmtpd; with --replies, a few lines answer each command as given, for errors that a real server
does not produce. It ends when its standard input is closed.
"""
import argparse
import base64
import email
import email.policy
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def tree(part):
    if not part.is_multipart():
        return part.get_content_type()
    return part.get_content_type() + "(" + ",".join(tree(p) for p in part.iter_parts()) + ")"


def describe(envelope, session, transport):
    raw = envelope.original_content
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    sender, recipient = mail["From"].addresses, mail["To"].addresses
    leaves = [p for p in mail.walk() if not p.is_multipart()]
    return {
        "envelopeFrom": envelope.mail_from,
        "envelopeTo": envelope.rcpt_tos,
        "hello": session.host_name,
        "encrypted": transport.get_extra_info("sslcontext") is not None,
        "login": session.auth_data.login.decode() if session.auth_data else None,
        "headerNames": mail.keys(),
        "from": [[a.display_name, a.addr_spec] for a in sender],
        "to": [[a.display_name, a.addr_spec] for a in recipient],
        "subject": mail["Subject"],
        "date": str(mail.get("Date")),
        "messageID": str(mail.get("Message-ID")),
        "tree": tree(mail),
        "longestLine": max(len(line) for line in raw.split(b"\r\n")),
        "isASCII": raw.isascii(),
        "defects": [str(d) for p in mail.walk() for d in p.defects],
        "parts": [
            {
                "type": p["Content-Type"],
                "fileName": p.get_filename(),
                "bytes": base64.b64encode(p.get_payload(decode=True)).decode(),
            }
            for p in leaves
        ],
    }


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "550 5.1.1 No such person here"
        if address.startswith("greylisted@"):
            return "450 4.7.1 Come back in five minutes"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("full@"):
            return "452 4.2.2 Mailbox full"
        if envelope.rcpt_tos[0].startswith("spam@"):
            return "554 5.7.1 Looks like advertising"
        say(describe(envelope, session, server.transport))
        return "250 2.0.0 Queued as " + envelope.rcpt_tos[0]


def certificate(folder, name):
    key, cert = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-keyout", key, "-out", cert, "-subj", "/CN=localhost",
         "-addext", "subjectAltName=" + name],
        check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context, cert


def serve_for_real(options, folder):
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, LoginPassword

    def authenticate(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and [data.login.decode(), data.password.decode()] == options.login
        return AuthResult(success=good, auth_data=data if good else None, handled=False)

    settings, authority = {}, None
    if options.security != "none":
        context, authority = certificate(folder, options.certified)
        if options.security == "tls":
            settings["ssl_context"] = context
        else:
            settings["tls_context"] = context
    if options.login:
        settings.update(authenticator=authenticate, auth_required=True)
        settings["auth_require_tls"] = options.security == "starttls"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port, **settings)
    controller.start()
    say({"port": port, "authority": authority})


def converse(connection, replies):
    lines = connection.makefile("rb")

    def answer(verb):
        reply = replies.get(verb, replies.get("*", "250 OK"))
        if reply == "close":
            connection.shutdown(socket.SHUT_RDWR)
        elif reply != "":
            connection.sendall(reply.encode() + b"\r\n")
        return reply

    answer("greeting")
    inside_mail = False
    for line in lines:
        if inside_mail:
            if line == b".\r\n":
                inside_mail = False
                answer(".")
            continue
        verb = line[:4].decode("ascii", "replace").upper()
        say({"verb": verb})
        inside_mail = answer(verb).startswith("354")
    say({"verb": "end"})


def serve_as_told(replies):
    listener = socket.create_server(("127.0.0.1", 0))
    say({"port": listener.getsockname()[1], "authority": None})
    defaults = {"greeting": "220 test", "EHLO": "250 test", "DATA": "354 Go on", "QUIT": "221 Bye"}

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=converse, args=(connection, {**defaults, **replies}), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


parser = argparse.ArgumentParser()
parser.add_argument("--security", choices=["none", "starttls", "tls"], default="none")
parser.add_argument("--certified", default="IP:127.0.0.1")
parser.add_argument("--login", nargs=2)
parser.add_argument("--replies")
options = parser.parse_args()
with tempfile.TemporaryDirectory() as folder:
    if options.replies:
        serve_as_told(json.loads(options.replies))
    else:
        serve_for_real(options, folder)
    # Errors from here on are intended.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        sys.stdin.read()
    except ConnectionResetError:
        pass
os._exit(0)
