"""A fake of vivo's push server and of the hub that sends jobs, for the gateway of firmware/gateway. Runs the gateway in QEMU and
fails unless each request and each outcome is as expected.

usage: fake_vivo.py QEMU ARGUMENT...

Both listen on free ports of the loopback. QEMU is told to write the ports into the board's memory.

The hub writes lines: `0` or an error code after a token was reported; else a job, which is the JSON of a token and of settings, and
after the last job `good` or `bad`. The gateway answers each job with the name of the outcome and a detail.
"""

import hashlib
import json
import socket
import struct
import subprocess
import sys
import threading
import time
from email.utils import formatdate

APP_ID, CERTIFICATE_ID = 10004, 6666
APP_KEY, APP_SECRET = "25509283-3767-4b9e-83fe-b6e55ac6243e", "7265f2a4-ebbb-44bf-88b9-b03e67dfdc21"
REG_IDS = ["12345678901234567890123", "v2-test-registration-id"]
# Where the gateway reads the two ports.
PORTS = 0x8040_0000
LIMIT = 120
LONG = json.dumps({"conversationID": "c2c_alice", "text": "今晚七点\n" * 30}, ensure_ascii=False)

failures = []


def expect(holds, what):
    if not holds:
        failures.append(what)
        print(f"NOT AS EXPECTED: {what}", flush=True)


def http(status, body, headers=(), reason="OK", now=None):
    lines = [f"HTTP/1.1 {status} {reason}", f"Date: {formatdate(now, usegmt=True)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def with_length(body, status=200, length=None, reason="OK"):
    return http(status, body, [f"Content-Length: {len(body) if length is None else length}"], reason)


def result(code, **members):
    """vivo's reply, with Chinese text in escapes, as its server writes it."""
    return json.dumps({"result": code, "desc": "请求" if code == 0 else "错误", **members}).encode()


OK = result(0, taskId="342982232646905856")


def chunked(connection):
    pieces = [OK[:10], OK[10:37], OK[37:]]
    body = b"".join(b"%x;part=%d\r\n%s\r\n" % (len(piece), n, piece) for n, piece in enumerate(pieces))
    connection.sendall(http(200, b"", ["Transfer-Encoding: chunked"]))
    # One segment for each few bytes.
    for at in range(0, len(body), 7):
        connection.sendall(body[at : at + 7])
        time.sleep(0.002)
    connection.sendall(b"0\r\n\r\n")


def reset(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def sending(reply):
    return lambda connection: connection.sendall(reply)


accept = sending(with_length(OK))
server_error = sending(with_length(b"Internet server error!", 500, reason="Internal Server Error"))
cut = sending(with_length(OK[:20], length=len(OK)))
not_found = sending(with_length(b"<html>", 404, reason="Not Found"))


def refuse(code, **members):
    return sending(with_length(result(code, **members)))


def expire(connection):
    server.token = None
    refuse(10000)(connection)


class Job:
    """What the hub sends, how vivo answers each time, and the outcome that the gateway must find."""

    def __init__(self, name, outcome, answers=(), reg_id="v2-another-registration-id", certificate=CERTIFICATE_ID, line=None, **settings):
        self.name, self.outcome, self.answers, self.reg_id = name, outcome, list(answers), reg_id
        self.settings = {f"offline_push_config_{key}": value for key, value in settings.items()}
        token = {"offline_push_token_business_id": certificate, "offline_push_token_token": reg_id}
        self.line = line or json.dumps(token) + " " + json.dumps(self.settings, ensure_ascii=len(str(settings)) < 500)
        self.requests = []


JOBS = [
    Job("chunked reply", "done", [chunked], title="爱丽丝", desc='See "you"\nat seven', ext='{"conversationID":"c2c_alice"}'),
    Job("expired auth token", "done", [expire, accept], desc="second"),
    Job("failed server", "done", [server_error, accept], desc="third"),
    Job("reset connection", "done", [reset, accept], desc="fourth"),
    Job("invalid regId", "drop_token", [refuse(10302, invalidUser={"status": 1, "userid": "v2-another-registration-id"})], desc="fifth"),
    Job("long push, reply cut off", "done", [cut, accept], desc="sixth", ext=LONG),
    Job("push turned off", "no_push disabled", desc="seventh", flag=1),
    Job("another vendor's token", "refused offline_push_token_business_id", certificate=7777, desc="eighth"),
    Job("own regId is invalid", "drop_token", [refuse(10302)], reg_id=REG_IDS[0], desc="ninth"),
    Job("own new regId, too fast", "done", [refuse(10072), accept], reg_id=REG_IDS[1], desc="tenth"),
    Job("quota is used up", "later", [refuse(10070)], desc="eleventh"),
    Job("page not found", "give_up failed", [not_found], desc="twelfth"),
    Job("no JSON", "unreadable token", line="GET / HTTP/1.1"),
]


def listen():
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(LIMIT)
    return listener, listener.getsockname()[1]


class Vivo(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.listener, self.port = listen()
        self.token, self.tokens, self.asked = None, 0, 0
        self.job, self.request_ids = None, {}

    def run(self):
        while True:
            connection, _ = self.listener.accept()
            connection.settimeout(LIMIT)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.answer(connection)
            except OSError as error:
                # The gateway cuts a connection when it has read the reply.
                print(f"  connection: {error}", flush=True)
            finally:
                connection.close()

    def answer(self, connection):
        stream = connection.makefile("rb")
        method, path, _ = stream.readline().decode().split(" ")
        headers = {}
        while line := stream.readline().decode().strip():
            name, value = line.split(": ", 1)
            headers[name.lower()] = value
        body = stream.read(int(headers.get("content-length", 0)))
        expect(headers.get("host") == "api-push.vivo.com.cn", f"host {headers.get('host')}")
        if method == "HEAD":
            # The clock of the machine in front of vivo's server is an hour slow.
            connection.sendall(http(200, b"", now=time.time() - 3600))
            return
        expect(method == "POST", f"method {method}")
        expect(headers.get("content-type") == "application/json;charset=UTF-8", "content type")
        request = json.loads(body)
        if path == "/message/auth":
            self.authenticate(connection, headers, request)
        elif path == "/message/send":
            self.send(connection, headers, body, request)
        else:
            expect(False, f"path {path}")

    def authenticate(self, connection, headers, request):
        self.asked += 1
        expect("authtoken" not in headers, "an auth request has no token")
        expect(set(request) == {"appId", "appKey", "timestamp", "sign"}, f"members of the auth request {set(request)}")
        signed = f"{APP_ID}{APP_KEY}{request['timestamp']}{APP_SECRET}"
        expect(request["sign"] == hashlib.md5(signed.encode()).hexdigest(), "sign")
        expect((request["appId"], request["appKey"]) == (APP_ID, APP_KEY), "app")
        if abs(request["timestamp"] / 1000 - time.time()) > 600:
            expect(self.asked == 1, f"timestamp {request['timestamp']}")
            refuse(10207)(connection)
            return
        self.tokens += 1
        self.token = f"24ojds98fu3jqrioeu982134jieds9fq43u09ua{self.tokens}"
        connection.sendall(with_length(result(0, authToken=self.token)))

    def send(self, connection, headers, body, request):
        job = self.job
        if headers.get("authtoken") != self.token or self.token is None:
            expect(False, f"{job.name}: auth token")
            refuse(10000)(connection)
            return
        wanted = {
            "appId": APP_ID,
            "regId": job.reg_id,
            "notifyType": 4,
            "title": job.settings.get("offline_push_config_title", "a new message"),
            "content": job.settings["offline_push_config_desc"],
            "skipType": 1,
            "classification": 1,
            "requestId": request.get("requestId"),
        }
        if ext := job.settings.get("offline_push_config_ext"):
            wanted["clientCustomMap"] = {"ext": ext}
        expect(request == wanted, f"{job.name}: the push is {request}")
        owner = self.request_ids.setdefault(request.get("requestId"), job)
        expect(owner is job, f"{job.name}: requestId of {owner.name}")
        job.requests.append(body)
        expect(job.requests[0] == body, f"{job.name}: another request the second time")
        if not job.answers:
            expect(False, f"{job.name}: sent too often")
            refuse(10101)(connection)
            return
        job.answers.pop(0)(connection)


class Hub(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.listener, self.port = listen()
        self.done = False

    def run(self):
        connection, _ = self.listener.accept()
        connection.settimeout(LIMIT)
        lines = connection.makefile("rw", encoding="utf-8", newline="\n")

        def report(reg_id, code):
            token = json.loads(lines.readline())
            wanted = {"offline_push_token_token": reg_id, "offline_push_token_business_id": CERTIFICATE_ID}
            expect(token == wanted, f"report {token}")
            tell(code)

        def tell(line):
            lines.write(f"{line}\n")
            lines.flush()

        try:
            report(REG_IDS[0], 22002)
            report(REG_IDS[0], 0)
            for job in JOBS:
                server.job = job
                tell(job.line)
                outcome = lines.readline().strip()
                expect(outcome == job.outcome, f"{job.name}: {outcome}")
                expect(not job.answers, f"{job.name}: {len(job.answers)} answers were not asked for")
                if job.outcome == "drop_token" and job.reg_id == REG_IDS[0]:
                    report(REG_IDS[1], 0)
            expect(server.asked == 3 and server.tokens == 2, f"{server.asked} authentications, {server.tokens} tokens")
            self.done = True
            tell("bad" if failures else "good")
            lines.readline()
        except (OSError, ValueError) as error:
            expect(self.done, f"the hub's connection: {error}")


def main():
    server.start()
    hub = Hub()
    hub.start()
    ports = hub.port << 16 | server.port
    qemu = [*sys.argv[1:], "-device", f"loader,addr={PORTS:#x},data={ports:#x},data-len=4"]
    try:
        code = subprocess.run(qemu, stdin=subprocess.DEVNULL, timeout=LIMIT).returncode
    except subprocess.TimeoutExpired:
        sys.exit("the gateway does not end")
    expect(code == 0, f"exit code {code}")
    expect(hub.done, "the hub was not asked for all jobs")
    return 1 if failures else 0


server = Vivo()

if __name__ == "__main__":
    sys.exit(main())
