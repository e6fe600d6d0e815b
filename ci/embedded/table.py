"""Prints what the library's jobs cost beside the same by serde-json-core. Fails where a bound is missed.

usage: table.py SIZES MEASUREMENTS

SIZES has lines `name bytes`, MEASUREMENTS lines `name stack instructions`; the peer's job is called name_peer.
"""

import sys

# What is bounded: kind, job, bytes or instructions at most, and at most so many times the peer's.
BOUNDS = {
    ("size", "encode"): (2816, 0.65),
    ("size", "reply"): (4864, 0.9),
    ("size", "four"): (8128, 0.7),
    ("size", "notification"): (7808, 0.7),
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


def main():
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
    print("\ncode: text and read-only data on thumbv7em; stack and instructions: on thumbv7m; feature small, opt-level z, fat LTO")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
