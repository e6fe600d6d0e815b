"""Prints what the library's jobs cost beside the same by serde-json-core, and fails where a bound is missed.

usage: table.py SIZES MEASUREMENTS

SIZES has lines `name bytes`, MEASUREMENTS lines `name stack instructions`; the peer of a job is called name_peer.
"""

import sys

# What is bounded: kind, job, bytes or instructions at most, and at most so many times the peer's.
BOUNDS = {
    ("size", "encode"): (3072, 0.75),
    ("size", "reply"): (3584, 0.9),
    ("size", "four"): (7168, 0.7),
    ("stack", "encode"): (256, None),
    ("stack", "reply"): (768, 1.0),
    ("instructions", "encode"): (None, 0.25),
    ("instructions", "reply"): (None, 0.5),
}
WORDS = {
    "encode": "encode a notification",
    "reply": "decode a reply in place",
    "four": "encode two, decode two",
    "notification": "decode a notification in place",
}
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


def costs(sizes, measured):
    """All that is known: (kind, job) to cost and the peer's cost."""
    found = {}
    for job in WORDS:
        peer = f"{job}_peer"
        if job in sizes:
            found["size", job] = sizes[job][0], sizes[peer][0]
        if job in measured:
            idle = measured["nothing"][0]
            beside = measured[BESIDE[job]][1]
            found["stack", job] = measured[job][0] - idle, measured[peer][0] - idle
            found["instructions", job] = measured[job][1] - beside, measured[peer][1] - beside
    return found


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
    sizes, measurements = sys.argv[1:]
    try:
        found = costs(read(sizes, 1), read(measurements, 2))
    except KeyError as name:
        sys.exit(f"there is no measurement {name}")
    missing = BOUNDS.keys() - found.keys()
    if missing:
        sys.exit(f"not measured: {sorted(missing)}")

    row = "{:<31} {:<15} {:>7} {:>7} {:>6}  {:<34} {}"
    print(row.format("job", "cost in", "here", "peer", "ratio", "bound", "").rstrip())
    missed = 0
    for kind, unit in UNITS.items():
        for job, words in WORDS.items():
            if (kind, job) not in found:
                continue
            cost, peer = found[kind, job]
            bound, result = verdict(cost, peer, BOUNDS.get((kind, job)))
            missed += result == "MISSED"
            print(row.format(words, unit, cost, peer, f"{cost / peer:.2f}", bound, result).rstrip())
    print("\ncode: text and read-only data on thumbv7em; stack and instructions: on thumbv7m; opt-level z, fat LTO")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
