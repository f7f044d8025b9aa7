#!/usr/bin/env python3
"""Makes one JSON and one Markdown file of what benchmarks/gpu/run.sh has left in its logs; needs nothing but Python."""

import argparse
import datetime
import json
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree

NOT_MEASURED = "not measured"


def read(file):
    """A JSON file, or None if the command that should have written it did not get that far."""
    try:
        return json.loads(file.read_text())
    except (OSError, ValueError):
        return None


def output(*command):
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (said.stdout + said.stderr).strip()


def tests(logs, module):
    """Totals of one run of JUnit's console, and what failed."""
    files = list((logs / f"tests-{module}").glob("*.xml"))
    if not files:
        return {"module": module, "log": (logs / f"tests-{module}.txt").read_text()[-2000:]}
    cases = [case for file in files for case in xml.etree.ElementTree.parse(file).getroot().iter("testcase")]
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skipped = [case for case in cases if case.find("skipped") is not None]
    return {
        "module": module,
        "passed": len(cases) - len(failed) - len(skipped),
        "skipped": len(skipped),
        "failed": len(failed),
        "failures": [f"{case.get('classname').split('.')[-1]}.{case.get('name')}: {reason(case)}" for case in failed],
    }


def reason(case):
    child = case.find("failure") if case.find("failure") is not None else case.find("error")
    return " ".join((child.get("message") or child.text or "").split())[:300]


def backend(sdk, logs):
    devices = read(logs / "devices.json")
    tornado = next((b for b in (devices or {"backends": []})["backends"] if b["name"] == "tornado"), {})
    device = next(iter(tornado.get("devices", [])), {})
    comparisons = {file.stem.removeprefix("compare-"): read(file) for file in sorted(logs.glob("compare-*.json"))}
    release = (sdk / "etc/tornado.release").read_text() if (sdk / "etc/tornado.release").is_file() else ""
    return {
        "backend": logs.name,
        "tornadovm": dict(line.split("=", 1) for line in release.split() if "=" in line).get("version"),
        "device": device.get("name"),
        "detail": device.get("detail"),
        "tests": [tests(logs, file.stem.removeprefix("tests-")) for file in sorted(logs.glob("tests-*.txt"))],
        "agreement": {shape: agreement(comparison) for shape, comparison in comparisons.items()},
        "soak": read(logs / "soak.json"),
        "profiles": {name: profile(logs, name) for name in ("profile", "graph", "peaked") if (logs / f"{name}.txt").is_file()},
    }


def agreement(comparison):
    if comparison is None:
        return None
    result = comparison["inputs"][0]["backends"][0]
    keep = ("maxRelativeLossError", "maxGradientError", "maxRowSumError", "statusesEqual", "runs", "runsThatDiffer")
    return {"passed": comparison["passed"], **{key: result[key] for key in keep}, "failures": result["failures"]}


def profile(logs, name):
    """All shapes at once, or one by one where that failed."""
    parts = [p for p in [read(logs / f"{name}.json")] if p] or [
        p for p in map(read, sorted(logs.glob(f"{name}-*.json"))) if p]
    if not parts:
        return None
    return {**parts[0], "profiles": [row for part in parts for row in part["profiles"]]}


def machine(options):
    gpu = output("nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader")
    model = re.search(r"model name\s*:\s*(.*)", pathlib.Path("/proc/cpuinfo").read_text()) if os.path.exists("/proc/cpuinfo") else None
    return {
        "date": datetime.date.today().isoformat(),
        "gpu": gpu.splitlines()[0] if gpu and "," in gpu else None,
        "host": f"{os.cpu_count()} cores, {model.group(1) if model else os.uname().machine}",
        "java": output(options.java, "-version").splitlines()[-2:][0] if output(options.java, "-version") else None,
        "revision": options.revision,
        "command": options.command,
    }


def markdown(rows):
    head, *body = [[str(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]) + "\n"


def number(value, form=".3f"):
    return "–" if value is None else format(value, form)


def percent(fraction):
    return "–" if fraction is None else f"{fraction:.0%}"


def by_shape(profiles):
    return {(row["shape"], row["mode"]): row for row in profiles["profiles"]} if profiles else {}


def times(document, mode, shapes):
    """PyTorch, ours and the ratios of one mode."""
    torch = {(row["shape"], row["contender"]): row for row in (document["pytorch"] or {"results": []})["results"]
             if row["mode"] == mode}
    rows = [[mode, *shapes]]

    def row(title, value, form=".3f"):
        values = [value(shape) for shape in shapes]
        if any(v is not None for v in values):
            rows.append([title, *(number(v, form) for v in values)])

    native = {shape: torch[shape, "native"]["milliseconds"] for shape in shapes if (shape, "native") in torch}
    row("PyTorch native (CUDA events)" if document["pytorch"] and document["pytorch"].get("cuda") else "PyTorch", native.get)
    for contender in ("native full", "cudnn full"):
        row(f"PyTorch, {contender.split()[0]}, all utterances T long",
            lambda s, c=contender: torch[s, c]["milliseconds"] if (s, c) in torch else None)
    for one in document["backends"]:
        for name, profiles in one["profiles"].items():
            ours = by_shape(profiles)
            title = one["backend"] + {"profile": "", "graph": ", CUDA graph", "peaked": ", scores × 30"}[name]
            cell = lambda s, key, o=ours: o[s, mode][key] if (s, mode) in o else None
            row(f"ours resident, {title}", lambda s, c=cell: c(s, "residentMilliseconds"))
            row(f"our kernels alone, {title}", lambda s, c=cell: c(s, "kernelMilliseconds"))
            row(f"**PyTorch native over ours resident, {title}**",
                lambda s, c=cell: native[s] / c(s, "residentMilliseconds") if s in native and c(s, "residentMilliseconds") else None,
                ".1f")
    return markdown(rows)


def kernels(profiles):
    """Milliseconds of each kernel with its bandwidth, share of the copy's, and a frame's nanoseconds."""
    names = []
    for row in profiles["profiles"]:
        names += [work["name"] for work in row["works"] if work["name"] not in names]
    rows = [["shape", "mode", *names, "call", "resident"]]
    for row in profiles["profiles"]:
        works = {work["name"]: work for work in row["works"]}
        cells = []
        for name in names:
            work = works.get(name)
            if work is None:
                cells.append("–")
            elif "nanosecondsPerStep" in work:
                cells.append(f"{work['milliseconds']:.3f} ({work['nanosecondsPerStep']:.0f} ns a frame)")
            elif work.get("fractionOfCopy") is not None:
                cells.append(f"{work['milliseconds']:.3f} ({work['gigabytesPerSecond']:.3g} GB/s, {percent(work['fractionOfCopy'])})")
            else:
                cells.append(f"{work['milliseconds']:.3f}")
        rows.append([row["shape"], row["mode"], *cells, number(row["callMilliseconds"]), number(row["residentMilliseconds"])])
    return markdown(rows)


def text(document):
    m = document["machine"]
    torch = document["pytorch"]
    tornado = ", ".join(f"{b['backend']} {b['tornadovm']}" for b in document["backends"])
    lines = [f"# {document['device']}, {m['date']}\n", f"- GPU: {m['gpu'] or 'none'}; host: {m['host']}",
             f"- TornadoVM: {tornado}; {m['java']}",
             f"- PyTorch: {torch['torch'] + ' on ' + torch['device'] if torch else 'not found, not measured'}",
             f"- Revision {m['revision']}, `{m['command']}`\n",
             "Milliseconds, medians. *Resident*: scores and gradient stay on the device, wall clock of a call.\n"]
    shapes = document["shapes"]
    for mode in ("step", "loss"):
        lines.append(times(document, mode, shapes))
    rows = [["device tests", "device", "passed", "skipped", "failed"]]
    for one in document["backends"]:
        for part in one["tests"]:
            rows.append([f"{one['backend']}, {part['module']}", one["device"],
                         *(part.get(key, NOT_MEASURED) for key in ("passed", "skipped", "failed"))])
    lines.append(markdown(rows))
    for one in document["backends"]:
        lines += [f"- {one['backend']}: {failure}" for part in one["tests"] for failure in part.get("failures", [])]
    lines.append("")
    rows = [["largest error against the double reference", *shapes]]
    for one in document["backends"]:
        for title, key in (("loss, relative", "maxRelativeLossError"), ("gradient, absolute", "maxGradientError"),
                           ("runs that differ from the first", "runsThatDiffer")):
            found = [one["agreement"].get(shape) for shape in shapes]
            form = "d" if key == "runsThatDiffer" else ".1e"
            rows.append([f"{one['backend']}, {title}", *(number(a[key], form) if a else NOT_MEASURED for a in found)])
    if torch:
        errors = {row["shape"]: row["gradientError"] for row in torch["results"] if "gradientError" in row}
        rows.append(["PyTorch's float32, gradient", *(number(errors.get(shape), ".1e") for shape in shapes)])
    lines.append(markdown(rows))
    for one in document["backends"]:
        soak = one["soak"]
        if soak:
            lines.append(f"Soak on {one['backend']}: {soak['batches']} batches, {soak['kernelsCompiled']} compilations, "
                         f"{soak['plansMade']} plans made; a call with T=20, B=1 takes {soak['wallMilliseconds']:.3f} ms, "
                         f"{soak['overheadMilliseconds']:.3f} of it beyond the device."
                         + ("" if soak["passed"] else f" **Failed**: {soak['failures']}") + "\n")
    for one in document["backends"]:
        for name, profiles in one["profiles"].items():
            lines.append(f"## Kernels: {one['backend']}{'' if name == 'profile' else ', ' + name}\n")
            if profiles:
                lines.append(f"In brackets bandwidth and its share of what a copy reaches, {profiles['copyGigabytesPerSecond']:.3g} "
                             "GB/s.\n")
                lines.append(kernels(profiles))
            else:
                lines.append(NOT_MEASURED + "\n")
    return "\n".join(lines).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--sdks", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--shapes", required=True)
    parser.add_argument("--command", required=True)
    parser.add_argument("--revision", required=True)
    parser.add_argument("--java", required=True)
    options = parser.parse_args()
    names = [re.search(r"tornado\.backends=(.*)-backend", (sdk / "etc/tornado.backend").read_text()).group(1)
             for sdk in options.sdks]
    backends = [backend(sdk, options.logs / name) for sdk, name in zip(options.sdks, names)]
    about = machine(options)
    device = about["gpu"].split(",")[0] if about["gpu"] else next((b["device"] for b in backends if b["device"]), "no device")
    document = {"device": device, "machine": about, "shapes": options.shapes.split(","), "backends": backends,
                "pytorch": read(options.logs / "torch.json")}
    name = re.sub(r"[^a-z0-9]+", "-", device.lower()).strip("-").removeprefix("nvidia-") + "-" + about["date"]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    (options.out / f"{name}.md").write_text(text(document))
    print((options.out / f"{name}.md").read_text())
    print(options.out / f"{name}.md")


if __name__ == "__main__":
    main()
