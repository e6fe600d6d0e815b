"""Says which crate each byte of a program's code belongs to, with what was inlined, by its line tables.

usage: attribute.py ELF [DEPTH]

A byte belongs to the innermost inlined function that is not of Rust's own library. DEPTH is the number of parts of the path that are
told apart within the library, 0 by default.
"""

import collections
import re
import subprocess
import sys


def text_section(elf):
    sections = subprocess.run(["readelf", "-SW", elf], capture_output=True, text=True, check=True).stdout
    found = re.search(r" \.text +PROGBITS +([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+)", sections)
    return int(found[1], 16), int(found[2], 16)


def owner(path, depth):
    """The crate of a source file; None for Rust's own library."""
    if found := re.search(r"/registry/src/[^/]+/(.+?)-\d", path):
        return found[1]
    if "gateway/src/" in path:
        return "glue " + re.split("[/:]", path.split("gateway/src/")[1])[0]
    if "/rustlib/" in path or path.startswith("/rust"):
        return None
    if "src/" not in path:
        return None
    parts = re.split(r"(?:^|/)src/", path.split(" ")[0], maxsplit=1)[1].split(".rs")[0].split("/")
    return "::".join(["offline_push", *parts[:depth]])


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
