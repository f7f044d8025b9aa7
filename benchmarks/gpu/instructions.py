#!/usr/bin/env python3
"""Counts the instructions of the kernels' loops, without a GPU: what a frame or an element costs in a row.

    benchmarks/gpu/instructions.py [KERNELS.txt | --shape A] [--arch sm_90] [--all] [--keep DIR]

KERNELS.txt is what `ctc kernels` writes, which is run first unless a file is given: OpenCL C goes through clang to PTX,
CUDA C through nvcc, PTX is taken as it is. Each loop that contains no smaller one is a row. One with barriers is the
recursion or a reduction, and its instructions are divided by its barriers, one a frame, of which two, four or eight are
written out, and one more where depart fetches ahead; one without is divided by the
floats it loads from global memory (in machine code, where a load has no type, by all 4-byte words), or stores there, or
loads from local memory, whichever comes first. All
instructions between a loop's head and the branches back to it count, also those on paths that are rarely taken. Where
ptxas is found, so are registers; where cuobjdump is, the same for machine code.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CLANG = ["clang", "-target", "nvptx64-nvidia-cuda", "-Xclang", "-target-cpu", "-Xclang", "sm_70", "-x", "cl",
         "-cl-std=CL2.0", "-Xclang", "-finclude-default-header", "-include", str(HERE / "builtins.cl"), "-O3",
         "-cl-fast-relaxed-math", "-w", "-S"]
KERNEL = re.compile(r"^(?:__kernel void +(\w+)|extern \"C\" __global__ void +(\w+)|\.version[^{]+?\.entry +(\w+))", re.M)


class Code:
    """The instructions of one function in order, each with the labels before it, and the blocks they make."""

    def __init__(self, lines):
        self.labels, self.instructions = {}, []
        for label, instruction in lines:
            if label is not None:
                self.labels[label] = len(self.instructions)
            if instruction:
                self.instructions.append(instruction)
        branches = {i: self.target(line) for i, line in enumerate(self.instructions) if self.target(line) is not None}
        starts = sorted({0} | set(branches.values()) | {i + 1 for i in branches})
        starts = [s for s in starts if s < len(self.instructions)]
        self.blocks = list(zip(starts, starts[1:] + [len(self.instructions)]))
        number = {start: n for n, start in enumerate(starts)}
        self.successors = [[] for _ in self.blocks]
        for n, (_, end) in enumerate(self.blocks):
            last = self.instructions[end - 1]
            if end - 1 in branches and branches[end - 1] in number:
                self.successors[n].append(number[branches[end - 1]])
            ends_here = re.match(r"(bra|BRA|ret|RET|EXIT|exit)\b", last)
            if not ends_here and n + 1 < len(self.blocks):
                self.successors[n].append(n + 1)

    def target(self, instruction):
        """The place an instruction branches to, or None."""
        match = re.search(r"\b(?:bra(?:\.uni)?|BRA(?:\.\w+)*)\s+(?:!?U?P\w+,\s*)?`?\(?([\w$.]+)\)?", instruction)
        return self.labels.get(match.group(1)) if match else None

    def loops(self):
        """Sets of blocks: natural loops, those with the same head as one."""
        everything = set(range(len(self.blocks)))
        predecessors = [[p for p in everything if n in self.successors[p]] for n in everything]
        dominators = [everything] * len(self.blocks)
        dominators[0] = {0}
        changed = True
        while changed:
            changed = False
            for n in sorted(everything - {0}):
                new = {n} | (set.intersection(*(dominators[p] for p in predecessors[n])) if predecessors[n] else set())
                changed, dominators[n] = changed or new != dominators[n], new
        loops = {}
        for tail in everything:
            for head in self.successors[tail]:
                if head in dominators[tail]:
                    loop, waiting = loops.setdefault(head, {head}), [tail]
                    while waiting:
                        n = waiting.pop()
                        if n not in loop:
                            loop.add(n)
                            waiting += predecessors[n]
        return [loops[head] for head in sorted(loops)]

    def innermost(self):
        """The instructions of each loop that holds no smaller one, or of the smallest with a barrier."""
        texts = [(loop, [i for n in sorted(loop) for i in self.instructions[slice(*self.blocks[n])]])
                 for loop in self.loops()]
        synchronised = [loop for loop, text in texts if count(text, BARRIER)]
        return [text for loop, text in texts
                if not any(other < loop for other in (synchronised if loop in synchronised else [l for l, _ in texts]))]


RECURSION = {"approach", "depart", "viterbi"}
ONLY = {"depart": "step", "gradient": "step", "viterbi": "align"}
# of opcodes: PTX has small letters, machine code capitals; without a state space it is global memory
BARRIER = r"^(?:bar\.sync|barrier\.sync|BAR\.SYNC)"
LOADED = r"^(?:ld\.(?!shared|param|local|const)\S*f32|LDG?\b)"
STORED = r"^(?:st\.(?!shared|param|local)\S*f32|STG?\b)"
LOCAL = r"^(?:ld\.shared\S*f32|LDS\b)"
EXPONENTIAL = r"^(?:ex2\.approx|MUFU\.EX2)"


def count(text, pattern):
    """How many values, a vector being as many as it has elements."""
    opcodes = [re.sub(r"^@\S+ +", "", line).split()[0] for line in text]
    found = [opcode for opcode in opcodes if re.search(pattern, opcode)]
    return sum(4 if re.search(r"\.v4|\.128", opcode) else 2 if re.search(r"\.v2|\.64", opcode) else 1 for opcode in found)


def ptx_functions(text):
    for match in re.finditer(r"\.entry\s+(\w+)", text):
        body = text[text.index("{", match.end()):]
        lines = []
        for line in body.splitlines():
            if line == "}":
                break
            line = line.split("//")[0].strip()
            label = re.match(r"^([\w$.]+):\s*(.*)$", line)
            name, line = label.groups() if label else (None, line)
            if line and line[0] in "{}.":
                line = ""
            lines.append((name, line.rstrip(";") if line else None))
        yield match.group(1), Code(lines)


def sass(cubin):
    """Machine code of a file with one kernel; its addresses are its labels."""
    text = subprocess.run(["cuobjdump", "--dump-sass", str(cubin)], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^\s*/\*([0-9a-f]{4,})\*/\s+(.+?)\s*;", text, re.M)
    lines = [(f"0x{int(a, 16):x}", re.sub(r"^@!?U?P\w+ +", lambda m: m.group().strip() + " ", i)) for a, i in found]
    return Code([(a, i) for a, i in lines if i != "NOP"])


def compile_to_ptx(source, name, arch, directory):
    suffix = ".ptx" if ".entry" in source else ".cu" if "__global__" in source else ".cl"
    file = directory / (name + suffix)
    file.write_text(source)
    ptx = directory / (name + ".ptx")
    if suffix == ".cl":
        subprocess.run([*CLANG, "-o", str(ptx), str(file)], check=True)
    elif suffix == ".cu":
        subprocess.run(["nvcc", "-ptx", f"-arch={arch}", "-o", str(ptx), str(file)], check=True)
    return ptx


def registers(ptx, arch):
    """Registers as text, and the machine code if it can be looked at."""
    if not shutil.which("ptxas"):
        return "-", None
    cubin = ptx.with_suffix(".cubin")
    said = subprocess.run(["ptxas", f"-arch={arch}", "-v", "-o", str(cubin), str(ptx)], capture_output=True, text=True)
    if said.returncode:
        print(said.stderr, file=sys.stderr)
        return "-", None
    spilled = re.search(r"(\d+) bytes spill stores", said.stderr)
    text = re.search(r"Used (\d+) registers", said.stderr).group(1)
    if spilled and int(spilled.group(1)):
        text += f", {spilled.group(1)} bytes spilled"
    return text, sass(cubin) if shutil.which("cuobjdump") else None


def rows_of(name, what, code, used):
    for text in code.innermost():
        barriers, loaded, stored = count(text, BARRIER), count(text, LOADED), count(text, STORED)
        unit = "element" if not barriers else "frame" if name.split()[0] in RECURSION else "barrier"
        local = count(text, LOCAL)
        frames = 1 << barriers.bit_length() - 1 if barriers else 0
        per = (frames if unit == "frame" else barriers) or loaded or stored or local
        if per:
            yield [name, what, str(len(text)), unit, str(per), f"{len(text) / per:.1f}", str(loaded), str(stored),
                   str(local), str(count(text, EXPONENTIAL)), used]


def split(text):
    """Source of each kernel, with whether it is for alignment, for a step or, being the first of its name, for losses alone."""
    found = list(KERNEL.finditer(text))
    places = [match.start() for match in found]
    # OpenCL C has its pragmas before every kernel, PTX what it needs in each
    head = "\n".join(dict.fromkeys(line for line in text.splitlines() if line.startswith("#")))
    seen = set()
    for match, end in zip(found, places[1:] + [len(text)]):
        # TornadoVM's PTX has the graph's, the task's and the parameters' names in a kernel's: s0_ctcrows_rows_uk_ac_...
        name = re.sub(r"^\w+_([A-Za-z]+)_uk_ac_.*", r"\1", next(filter(None, match.groups())))
        source = "\n".join(line for line in text[match.start():end].splitlines() if not line.startswith("#"))
        mode = ONLY.get(name, "step" if (name, "loss") in seen else "loss")
        # the third rows are alignment's, which are those of losses alone
        if name != "rows" or (name, mode) not in seen:
            yield name, mode, f"{head}\n{source}\n"
        seen.add((name, mode))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kernels", nargs="?", type=pathlib.Path, help="what ctc kernels has written")
    parser.add_argument("--shape", default=[], type=lambda shape: ["--shape", shape],
                        help="of the kernels to write, if none are given: a benchmark shape")
    parser.add_argument("--arch", default="sm_90", help="for ptxas and nvcc (default: sm_90)")
    parser.add_argument("--all", action="store_true", help="also the likelihood, and the rows of losses alone")
    parser.add_argument("--keep", type=pathlib.Path, help="directory for the PTX (default: a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        directory = options.keep or pathlib.Path(temporary)
        directory.mkdir(parents=True, exist_ok=True)
        kernels = options.kernels
        if not kernels:
            subprocess.run([str(HERE.parents[1] / "ctc"), "kernels", "--out", str(directory), *options.shape], check=True)
            kernels = directory / "kernels.txt"
        table = [["kernel", "loop of", "instructions", "unit", "units", "per unit", "loads", "stores", "local", "exp",
                  "registers"]]
        for name, mode, source in split(kernels.read_text()):
            if not options.all and (name == "likelihood" or (name, mode) == ("rows", "loss")):
                continue
            ptx = compile_to_ptx(source, f"{mode}-{name}", options.arch, directory)
            used, machine = registers(ptx, options.arch)
            for _, code in ptx_functions(ptx.read_text()):
                table += rows_of(f"{name} ({mode})", "PTX", code, used)
            if machine:
                table += rows_of(f"{name} ({mode})", "SASS", machine, used)
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


if __name__ == "__main__":
    main()
