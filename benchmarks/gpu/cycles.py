#!/usr/bin/env python3
"""Estimates, without a GPU, how many cycles a frame of the recursions takes, from their machine code.

    benchmarks/gpu/instructions.py --keep DIR; benchmarks/gpu/cycles.py DIR/step-depart.cubin [...] [--warps 2,4,10]

It runs the loop with a barrier a frame on a model of one multiprocessor of NVIDIA's since Volta. In machine code every
instruction says how many cycles the next one has to stay away, which of six counters its result will count down, and which
of them it waits for: the fixed latencies are so in the code itself, and what is assumed is what loads take, how often a
pipe takes an instruction, and how long a barrier is. Warps take turns on four schedulers, the one furthest behind first.

What comes out is for comparing one kernel with another, such as before and after a change; benchmarks/gpu/README.md says how
far it was from what a GPU took. It needs cuobjdump, of CUDA, and machine code of 128 bits an instruction.
"""

import argparse
import collections
import pathlib
import re
import subprocess

SCHEDULERS = 4
COUNTERS = 6
NO_COUNTER = 7
# cycles between two instructions of one scheduler that a pipe takes
EVERY = {"alu": 2, "heavy": 2, "lite": 2, "convert": 8, "memory": 2, "other": 1}
LATENCY = {"shared": 29, "store": 30, "convert": 20, "special": 25}
BARRIER = 24
ITERATIONS = 12

Instruction = collections.namedtuple("Instruction", "address text opcode kind wavefronts stall writes reads waits")


def kind_of(opcode):
    """What an instruction is to the model."""
    base = opcode.split(".")[0]
    for kind, names in {"shared": ("LDS", "STS"), "load": ("LD", "LDG"), "store": ("ST", "STG"), "barrier": ("BAR",),
                        "fma": ("FMUL", "FADD", "FFMA"), "heavy": ("IMAD",), "convert": ("I2F", "F2I", "MUFU", "FLO"),
                        "special": ("S2R", "S2UR"), "other": ("BRA", "WARPSYNC", "BSSY", "BSYNC", "NOP")}.items():
        if base in names:
            return kind
    return "other" if base.startswith("U") else "alu"


def instructions(cubin):
    """Of a file with one kernel, with what the upper half of each says to the scheduler."""
    text = subprocess.run(["cuobjdump", "--dump-sass", str(cubin)], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^\s*/\*([0-9a-f]{4,})\*/\s+(.+?)\s*;\s*/\* 0x[0-9a-f]+ \*/\s*\n\s*/\* (0x[0-9a-f]+) \*/", text, re.M)
    for address, line, upper in found:
        opcode = re.sub(r"^@!?U?P\w+\s+", "", line).split()[0]
        kind = kind_of(opcode)
        wide = ".64" in opcode
        wavefronts = {"shared": 2 if wide else 1, "load": 3 if wide else 2, "store": 3 if wide else 2}.get(kind, 0)
        bits = int(upper, 16)
        yield Instruction(int(address, 16), line, opcode, kind, wavefronts, max(1, bits >> 41 & 15), bits >> 46 & 7,
                          bits >> 49 & 7, [c for c in range(COUNTERS) if bits >> 52 + c & 1])


def loop_of_frames(code):
    """The smallest loop with several barriers, and how many."""
    places = {instruction.address: n for n, instruction in enumerate(code)}
    best = None
    for end, instruction in enumerate(code):
        target = re.search(r"\bBRA\b.*?(0x[0-9a-f]+)", instruction.text)
        begin = places.get(int(target.group(1), 16)) if target else None
        if begin is not None and begin < end:
            frames = sum(i.kind == "barrier" for i in code[begin:end + 1])
            if frames >= 4 and (best is None or end - begin < len(best[0])):
                best = code[begin:end + 1], frames
    if best is None:
        raise SystemExit("no loop with four barriers or more: not approach or depart?")
    return best


class Warp:
    """Where a warp is, and what it waits for."""

    def __init__(self):
        self.place, self.rounds, self.ready, self.arrived = 0, 0, 0, None
        self.counters = [[] for _ in range(COUNTERS)]

    def may_issue(self, instruction, cycle):
        if self.ready > cycle:
            return False
        for c in instruction.waits:
            self.counters[c] = [done for done in self.counters[c] if done > cycle]
        return not any(self.counters[c] for c in instruction.waits)


class Multiprocessor:
    """Runs a loop with a number of warps; loads take as long as told."""

    def __init__(self, loop, warps, load_latency):
        self.loop, self.warps, self.latency = loop, [Warp() for _ in range(warps)], {**LATENCY, "load": load_latency}
        self.free = [collections.Counter() for _ in range(SCHEDULERS)]
        self.memory_free, self.ends = 0, []

    def run(self):
        """Cycles of a round, of the second half of them."""
        cycle = 0
        while any(warp.rounds < ITERATIONS for warp in self.warps):
            for scheduler in range(SCHEDULERS):
                self.issue_one(scheduler, cycle)
            self.open_barrier()
            cycle += 1
        half = len(self.ends) // 2
        return (self.ends[-1] - self.ends[half]) / (len(self.ends) - 1 - half)

    def issue_one(self, scheduler, cycle):
        mine = [w for w in self.warps[scheduler::SCHEDULERS] if w.rounds < ITERATIONS and w.arrived is None]
        for warp in sorted(mine, key=lambda w: (w.rounds, w.place)):
            instruction = self.loop[warp.place]
            pipe = self.pipe_for(instruction, scheduler, cycle)
            if pipe and warp.may_issue(instruction, cycle):
                self.free[scheduler][pipe] = cycle + EVERY[pipe]
                self.issue(warp, instruction, cycle)
                return

    def pipe_for(self, instruction, scheduler, cycle):
        pipes = {"fma": ("lite", "heavy"), "barrier": ("alu",), "special": ("other",), "shared": ("memory",),
                 "load": ("memory",), "store": ("memory",)}.get(instruction.kind, (instruction.kind,))
        return next((pipe for pipe in pipes if self.free[scheduler][pipe] <= cycle), None)

    def issue(self, warp, instruction, cycle):
        latency = self.latency.get(instruction.kind, 10)
        if instruction.wavefronts:
            self.memory_free = max(self.memory_free, cycle) + instruction.wavefronts
            latency += self.memory_free - cycle
        if instruction.writes != NO_COUNTER:
            warp.counters[instruction.writes].append(cycle + latency)
        if instruction.reads != NO_COUNTER:
            warp.counters[instruction.reads].append(cycle + min(latency, 12 + latency // 30))
        warp.ready = cycle + instruction.stall
        if instruction.kind == "barrier":
            warp.arrived = cycle
        warp.place += 1
        if warp.place == len(self.loop):
            warp.place, warp.rounds = 0, warp.rounds + 1
            if warp is self.warps[0]:
                self.ends.append(cycle)

    def open_barrier(self):
        waiting = [w for w in self.warps if w.rounds < ITERATIONS]
        if waiting and all(w.arrived is not None for w in waiting):
            last = max(w.arrived for w in waiting)
            for warp in waiting:
                warp.ready, warp.arrived = max(warp.ready, last + BARRIER), None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cubins", nargs="+", type=pathlib.Path, help="machine code of approach or depart")
    parser.add_argument("--warps", default="2,4,10", help="warps of a group, 32 pairs of states each (default: 2,4,10)")
    parser.add_argument("--latency", default="300,800", help="cycles of a load from global memory (default: 300,800)")
    options = parser.parse_args()
    warps = [int(w) for w in options.warps.split(",")]
    print("  ".join(["kernel".ljust(16), "instructions", "load takes", *(f"{w} warps".rjust(9) for w in warps)]))
    for cubin in options.cubins:
        loop, frames = loop_of_frames(list(instructions(cubin)))
        for latency in map(int, options.latency.split(",")):
            cycles = [Multiprocessor(loop, w, latency).run() / frames for w in warps]
            print("  ".join([cubin.stem.ljust(16), f"{len(loop) / frames:12.1f}", f"{latency:10d}",
                             *(f"{c:9.0f}" for c in cycles)]))


if __name__ == "__main__":
    main()
