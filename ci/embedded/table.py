"""Prints what the library's jobs cost beside the same by serde-json-core, and what whole programs cost. Fails where a bound is missed.

usage: table.py SIZES MEASUREMENTS
       table.py GATEWAY

SIZES has lines `name bytes`, MEASUREMENTS lines `name stack instructions`; the peer's job is called name_peer. GATEWAY has lines
`name bytes`.
"""

import sys

# What is bounded: kind, job, bytes or instructions at most, and at most so many times the peer's.
BOUNDS = {
    ("size", "encode"): (2816, 0.65),
    ("size", "reply"): (4672, 0.85),
    ("size", "four"): (8064, 0.7),
    ("size", "notification"): (7616, 0.7),
    ("stack", "encode"): (256, None),
    ("stack", "reply"): (640, 1.0),
    ("instructions", "encode"): (None, 0.25),
    ("instructions", "reply"): (None, 0.45),
    ("instructions", "notification"): (20000, 0.6),
}
# What is compared: the job, the peer's, and in words. A peer that borrows text is right only where no escape comes.
ROWS = [
    ("encode", "encode_peer", "encode a notification"),
    ("reply", "reply_peer", "decode a reply in place"),
    ("reply", "reply_peer_borrowed", "… to a peer that borrows"),
    ("four", "four_peer", "encode two, decode two"),
    ("four", "four_peer_borrowed", "… to a peer that borrows"),
    ("notification", "notification_peer", "decode a notification in place"),
]
# Programs without a peer: name, words, bytes at most. Each has what those before it have.
WHOLE = [
    ("whole_codec", "read jobs and replies, write requests", None),
    ("whole_registration", "… and the registration", None),
    ("whole_compose", "… and compose", None),
    ("whole_sign", "… and sign", None),
    ("whole_token", "… and the life of the auth token", None),
    ("whole_attempts", "… and attempts: a whole gateway", 27500),
    ("whole_log", "… and logs of messages with defmt", 36000),
]
GATEWAY = [
    ("code", "code of the library and the glue", 35000),
    ("memory", "statics and stack together", 39000),
]
UNITS = {"size": "bytes of code", "stack": "bytes of stack", "instructions": "instructions"}
# What is done beside the job each time, and has to be taken off.
BESIDE = {"encode": "nothing", "reply": "refill", "notification": "reencode"}


def read(path, columns):
    with open(path) as lines:
        rows = [line.split() for line in lines if line.strip()]
    for row in rows:
        if len(row) != columns + 1 or not all(cell.isdigit() for cell in row[1:]):
            sys.exit(f"{path}: not a measurement: {' '.join(row)}")
    return {row[0]: [int(cell) for cell in row[1:]] for row in rows}


def costs(kind, job, peer, sizes, measured):
    """The cost of a job, and that of the peer's; nothing where this kind of cost is not measured."""
    if kind == "size":
        return (sizes[job][0], sizes[peer][0]) if job in sizes else None
    if job not in measured:
        return None
    column = list(UNITS).index(kind) - 1
    # A stack is as deep as its deepest call, whatever is done beside.
    beside = measured[BESIDE[job] if kind == "instructions" else "nothing"][column]
    return measured[job][column] - beside, measured[peer][column] - beside


def verdict(cost, peer, bound):
    """The bound in words, and whether it is kept; where there is none, nothing."""
    if bound is None:
        return "", ""
    most, share = bound
    words, kept = [], True
    if most is not None:
        words.append(f"<= {most}")
        kept = kept and cost <= most
    if share is not None:
        words.append(f"<= {share:.2f} of the peer's")
        kept = kept and cost <= share * peer
    return " and ".join(words), "ok" if kept else "MISSED"


def whole(programs, sizes):
    """Prints programs without a peer; the number of bounds that are missed."""
    missed = 0
    for name, words, most in programs:
        if name not in sizes:
            sys.exit(f"not measured: {name}")
        size = sizes[name][0]
        result = "" if most is None else "ok" if size <= most else "MISSED"
        missed += result == "MISSED"
        bound = "" if most is None else f"<= {most}"
        print(f"{words:<47} {size:>7} bytes  {bound:<9} {result}".rstrip())
    return missed


def main():
    if len(sys.argv) == 2:
        return 1 if whole(GATEWAY, read(sys.argv[1], 1)) else 0
    sizes, measured = read(sys.argv[1], 1), read(sys.argv[2], 2)
    row = "{:<31} {:<15} {:>7} {:>7} {:>6}  {:<34} {}"
    print(row.format("job", "cost in", "here", "peer", "ratio", "bound", "").rstrip())
    missed, unseen = 0, dict(BOUNDS)
    for kind, unit in UNITS.items():
        for job, peer, words in ROWS:
            try:
                found = costs(kind, job, peer, sizes, measured)
            except KeyError as name:
                sys.exit(f"not measured: {name}")
            if found is None:
                continue
            cost, peers = found
            bound = unseen.pop((kind, job), None) if peer == f"{job}_peer" else None
            bound, result = verdict(cost, peers, bound)
            missed += result == "MISSED"
            print(row.format(words, unit, cost, peers, f"{cost / peers:.2f}", bound, result).rstrip())
    if unseen:
        sys.exit(f"not measured: {sorted(unseen)}")
    print("\nwhole programs, code:")
    missed += whole(WHOLE, sizes)
    print("\ncode: text and read-only data on thumbv7em; stack and instructions: on thumbv7m; feature small, opt-level z, fat LTO")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
