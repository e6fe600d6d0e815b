"""Says which part of the gateway each byte of its code belongs to, by the line tables of the program.

usage: attribute.py ELF [DEPTH]

A byte belongs to the innermost inlined function that is not of Rust's own library. DEPTH is the number of parts of the path that are
told apart within the library, 0 by default. Read-only data is not part of it.
"""

import collections
import re
import subprocess
import sys

# Crates that another one brings.
BROUGHT_BY = {
    "md-5": "offline_push: MD5",
    "digest": "offline_push: MD5",
    "block-buffer": "offline_push: MD5",
    "hybrid-array": "offline_push: MD5",
    "smoltcp": "smoltcp and its crates",
    "managed": "smoltcp and its crates",
    "byteorder": "smoltcp and its crates",
    "heapless": "smoltcp and its crates",
    "virtio-drivers": "driver and its crates",
    "safe-mmio": "driver and its crates",
    "zerocopy": "driver and its crates",
}
FILES = {"net": "glue to smoltcp and driver", "board": "board", "http": "glue: HTTP", "bin/gateway": "glue: the gateway itself"}


def text_section(elf):
    sections = subprocess.run(["readelf", "-SW", elf], capture_output=True, text=True, check=True).stdout
    found = re.search(r" \.text +PROGBITS +([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+)", sections)
    return int(found[1], 16), int(found[2], 16)


def owner(path, depth):
    """The part that a source file belongs to; None for Rust's own library."""
    if found := re.search(r"/registry/src/[^/]+/(.+?)-\d+\.", path):
        return BROUGHT_BY.get(found[1], found[1])
    if "/rustlib/" in path or path.startswith("/rust"):
        return None
    if found := re.search(r"gateway/src/(.+)\.rs", path):
        return FILES.get(found[1], found[1])
    if found := re.search(r"(?:^|/)src/(.+)\.rs", path):
        return "::".join(["offline_push", *found[1].split("/")[:depth]])
    return None


def main():
    elf, depth = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    start, size = text_section(elf)
    step = 2
    places = "".join(f"{place:#x}\n" for place in range(start, start + size, step))
    command = ["addr2line", "-f", "-i", "-a", "-e", elf]
    output = subprocess.run(command, input=places, capture_output=True, text=True, check=True).stdout
    bytes_of = collections.Counter()
    for block in re.split(r"^0x[0-9a-f]+\n", output, flags=re.M)[1:]:
        lines = block.splitlines()
        owners = [owner(path, depth) for path in lines[1::2]]
        bytes_of[next((name for name in owners if name), "core, compiler_builtins, start")] += step
    for name, count in bytes_of.most_common():
        print(f"{count:6} {name}")


if __name__ == "__main__":
    main()
