"""A Verification SCP over TLS on Python's ssl: answers C-ECHO on 127.0.0.1.

tls_scp.py PORT CERT KEY [--tls12] [--name NAME --unnamed alert|close] [--clients CA]
--name: serves only clients that name it; others get an alert, or are closed on.
--clients: wants a certificate of that CA.
"""
import argparse
import socket
import ssl
import struct
import threading

options = argparse.ArgumentParser()
options.add_argument("port", type=int)
options.add_argument("cert")
options.add_argument("key")
options.add_argument("--tls12", action="store_true")
options.add_argument("--name")
options.add_argument("--unnamed", choices=["alert", "close"], default="alert")
options.add_argument("--clients")
given = options.parse_args()

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(given.cert, given.key)
if given.tls12:
    context.maximum_version = ssl.TLSVersion.TLSv1_2
if given.clients:
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(given.clients)


def look_at_name(_socket, name, _context):
    return None if name == given.name else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


if given.name and given.unnamed == "alert":
    context.sni_callback = look_at_name


def item(kind, body):
    return struct.pack(">BBH", kind, 0, len(body)) + body


def pdu(kind, body):
    return struct.pack(">BBI", kind, 0, len(body)) + body


def element(number, value):
    return struct.pack("<HHI", 0, number, len(value)) + value


def accept(request):
    titles = request[4:36]
    context_item = item(0x21, b"\x01\x00\x00\x00" + item(0x40, b"1.2.840.10008.1.2"))
    user = item(0x50, item(0x51, struct.pack(">I", 16384)) + item(0x52, b"1.2.3.4"))
    body = b"\x00\x01\x00\x00" + titles + bytes(32) + item(0x10, b"1.2.840.10008.3.1.1.1")
    return pdu(2, body + context_item + user)


def answer(request):
    at = request.find(b"\x00\x00\x10\x01\x02\x00\x00\x00")
    command = element(2, b"1.2.840.10008.1.1\x00") + element(0x100, b"\x30\x80")
    command += element(0x120, request[at + 8 : at + 10])
    command += element(0x800, b"\x01\x01") + element(0x900, b"\x00\x00")
    command = element(0, struct.pack("<I", len(command))) + command
    return pdu(4, struct.pack(">IBB", len(command) + 2, 1, 3) + command)


def read(stream, count):
    data = b""
    while len(data) < count:
        more = stream.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def serve(plain):
    try:
        if given.name and given.unnamed == "close":
            if given.name.encode() not in plain.recv(4096, socket.MSG_PEEK):
                plain.recv(4096)
                return
        with context.wrap_socket(plain, server_side=True) as stream:
            while True:
                kind, _, length = struct.unpack(">BBI", read(stream, 6))
                body = read(stream, length)
                if kind == 1:
                    stream.sendall(accept(body))
                elif kind == 4:
                    stream.sendall(answer(body))
                elif kind == 5:
                    stream.sendall(pdu(6, bytes(4)))
                else:
                    return
    except (OSError, EOFError):
        pass
    finally:
        plain.close()


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", given.port))
listener.listen(16)
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
