#!/usr/bin/env python3
"""Makes one JSON and one Markdown file of what benchmarks/gpu/run.sh has left in its logs; needs nothing but Python."""

import argparse
import datetime
import json
import math
import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree

NOT_MEASURED = "not measured"
# how the rows of a profile are called
SCALED = {"profile": "", "peaked": ", scores × 30"}
# in the Markdown; the JSON has all
MOST_FAILURES = 12


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
    comparisons = [c for c in map(read, sorted(logs.glob("compare*.json"))) if c]
    release = (sdk / "etc/tornado.release").read_text() if (sdk / "etc/tornado.release").is_file() else ""
    return {
        "backend": logs.name,
        "tornadovm": dict(line.split("=", 1) for line in release.split() if "=" in line).get("version"),
        "device": device.get("name"),
        "detail": device.get("detail"),
        "tests": [tests(logs, file.stem.removeprefix("tests-")) for file in sorted(logs.glob("tests-*.txt"))],
        "agreement": {one["input"]: agreement(one) for comparison in comparisons for one in comparison["inputs"]},
        "soak": read(logs / "soak.json"),
        "alignment": read(logs / "align.json"),
        "host": read(logs / "host.json"),
        "lent": read(logs / "lent.json"),
        "calibration": read(logs / "calibrate.json"),
        "profiles": {name: profile(logs, name) for name in SCALED if (logs / f"{name}.txt").is_file()},
    }


def agreement(compared):
    result = compared["backends"][0]
    keep = ("maxRelativeLossError", "maxGradientError", "maxRowSumError", "statusesEqual", "runs", "runsThatDiffer")
    return {"passed": not result["failures"], **{key: result[key] for key in keep}, "failures": result["failures"]}


def profile(logs, name):
    """All shapes at once, or one by one where that failed."""
    parts = [p for p in [read(logs / f"{name}.json")] if p] or [
        p for p in map(read, sorted(logs.glob(f"{name}-*.json"))) if p]
    if not parts:
        return None
    return {**parts[0], "profiles": [row for part in parts for row in part["profiles"]]}


def machine(options):
    gpu = output("nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader")
    cpu = pathlib.Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.*)", cpu.read_text() if cpu.is_file() else "")
    return {
        "date": datetime.date.today().isoformat(),
        "gpu": gpu.splitlines()[0] if gpu and "," in gpu else None,
        "host": f"{os.cpu_count()} cores, {model.group(1) if model else os.uname().machine}",
        "java": output(options.java, "-version").splitlines()[-2:][0] if output(options.java, "-version") else None,
        "revision": options.revision,
        "command": options.command,
        "seconds": options.took,
    }


def markdown(rows):
    head, *body = [[str(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]) + "\n"


def number(value, form=".3f"):
    """The command line writes what is not finite as text."""
    return "–" if value is None else value if isinstance(value, str) else format(value, form)


def by_shape(profiles):
    return {(row["shape"], row["mode"]): row for row in profiles["profiles"]} if profiles else {}


def torch_times(torch, mode):
    return {(row["shape"], row["contender"]): row["milliseconds"] for row in torch["results"] if row["mode"] == mode}


def times(document, mode, shapes):
    """PyTorch, ours and the ratios of one mode."""
    rows = [[mode, *shapes]]

    def row(title, value, form=".3f"):
        values = [value(shape) for shape in shapes]
        if any(v is not None for v in values):
            rows.append([title, *(number(v, form) for v in values)])

    native = {}
    for peaked, torch in (("profile", document["pytorch"]), ("peaked", document["pytorchPeaked"])):
        found = torch_times(torch, mode) if torch else {}
        native[peaked] = {shape: found[shape, "native"] for shape in shapes if (shape, "native") in found}
        what = "PyTorch native (CUDA events)" if torch and torch["cuda"] else "PyTorch on the CPU"
        row(what + SCALED[peaked], native[peaked].get)
        for contender in ("native full", "cudnn full") if peaked == "profile" else ():
            row(f"PyTorch, {contender.split()[0]}, all utterances T long", lambda s, c=contender: found.get((s, c)))
    for one in document["backends"]:
        for name, profiles in one["profiles"].items():
            title = one["backend"] + SCALED[name]
            ours = {shape: by_shape(profiles).get((shape, mode), {}) for shape in shapes}
            resident = {shape: ours[shape].get("residentMilliseconds") for shape in shapes}
            row(f"ours resident, {title}", resident.get)
            row(f"our kernels alone, {title}", lambda s: ours[s].get("kernelMilliseconds"))
            row(f"**PyTorch native over ours resident, {title}**",
                lambda s: native[name][s] / resident[s] if s in native[name] and resident[s] else None, ".1f")
    return markdown(rows)


# whose large batches go over the bus in parts
LENT = ", memory of the backend, [B][T][V]"


def host(one, shapes):
    """A step from host memory to host memory, and whether auto has chosen well."""
    found = {}
    for memory, results in (("", one["host"]), (LENT, one["lent"])):
        for row in (results or {"results": []})["results"]:
            found.setdefault(row["backend"] + memory, {})[row["shape"]] = row["milliseconds"]
    rows = [["step, from host memory and back", *shapes]]
    rows += [[name, *(number(times.get(shape)) for shape in shapes)] for name, times in found.items()]
    for memory in ("", LENT):
        faster = {shape: min((found.get(name, {}).get(shape, math.inf)
                              for name in ("cpu", "tornado" + memory))) for shape in shapes}
        chosen = found.get("auto" + memory, {})
        rows.append([f"auto over the faster of the two{memory}",
                     *(number(chosen[shape] / faster[shape] if shape in chosen else None, ".2f") for shape in shapes)])
    return markdown(rows) if found else ""


def alignment(backends, shapes):
    """From host memory to paths there, beside the losses of the same."""
    rows = [["from host memory, and back", *shapes]]
    for one in backends:
        found = {row["shape"]: row["milliseconds"] for row in (one["alignment"] or {"results": []})["results"]}
        losses = by_shape(one["profiles"].get("profile"))
        rows.append([f"alignment, {one['backend']}", *(number(found.get(shape)) for shape in shapes)])
        rows.append([f"loss, {one['backend']}",
                     *(number(losses.get((shape, "loss"), {}).get("callMilliseconds")) for shape in shapes)])
    return markdown(rows)


def bandwidth(gigabytes_per_second):
    return f"{gigabytes_per_second:.0f}" if gigabytes_per_second >= 100 else f"{gigabytes_per_second:.3g}"


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
                cells.append(f"{work['milliseconds']:.3f} ({bandwidth(work['gigabytesPerSecond'])} GB/s, "
                             f"{work['fractionOfCopy']:.0%})")
            else:
                cells.append(f"{work['milliseconds']:.3f}")
        rows.append([row["shape"], row["mode"], *cells, number(row["callMilliseconds"]),
                     number(row["residentMilliseconds"])])
    return markdown(rows)


def text(document):
    m = document["machine"]
    torch = document["pytorch"]
    tornado = ", ".join(f"{b['backend']} {b['tornadovm']}" for b in document["backends"])
    lines = [f"# {document['device']}, {m['date']}\n", f"- GPU: {m['gpu'] or 'none'}; host: {m['host']}",
             f"- TornadoVM: {tornado}; {m['java']}",
             f"- PyTorch: {torch['torch'] + ' on ' + torch['device'] if torch else 'not found, not measured'}",
             f"- Revision {m['revision']}, `{m['command']}`, in {m['seconds']} s\n",
             "Milliseconds, medians. *Resident*: scores and gradient stay on the device, wall clock of a call.\n"]
    shapes = document["shapes"]
    for mode in ("step", "loss"):
        lines.append(times(document, mode, shapes))
    lines += [table for table in (host(one, shapes) for one in document["backends"]) if table]
    lines.append(alignment(document["backends"], shapes))
    rows = [["device tests", "device", "passed", "skipped", "failed"]]
    for one in document["backends"]:
        for part in one["tests"]:
            rows.append([f"{one['backend']}, {part['module']}", one["device"],
                         *(part.get(key, NOT_MEASURED) for key in ("passed", "skipped", "failed"))])
    lines.append(markdown(rows))
    for one in document["backends"]:
        failures = [failure for part in one["tests"] for failure in part.get("failures", [])]
        lines += [f"- {one['backend']}: {failure}" for failure in failures[:MOST_FAILURES]]
        if len(failures) > MOST_FAILURES:
            lines.append(f"- {one['backend']}: and {len(failures) - MOST_FAILURES} more")
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
            lines.append(f"## Kernels: {one['backend']}{SCALED[name]}\n")
            if profiles:
                copy = profiles["copyGigabytesPerSecond"]
                lines.append(f"In brackets bandwidth and its share of what a copy reaches, {bandwidth(copy)} GB/s.\n")
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
    parser.add_argument("--took", type=int, required=True, help="seconds")
    parser.add_argument("--revision", required=True)
    parser.add_argument("--java", required=True)
    options = parser.parse_args()
    names = [re.search(r"tornado\.backends=(.*)-backend", (sdk / "etc/tornado.backend").read_text()).group(1)
             for sdk in options.sdks]
    backends = [backend(sdk, options.logs / name) for sdk, name in zip(options.sdks, names)]
    about = machine(options)
    device = about["gpu"].split(",")[0] if about["gpu"] else next(
        (b["device"].rpartition(",")[0] for b in backends if b["device"]), "no device")
    document = {"device": device, "machine": about, "shapes": options.shapes.split(","), "backends": backends,
                "pytorch": read(options.logs / "torch.json"), "pytorchPeaked": read(options.logs / "torch-peaked.json")}
    name = re.sub(r"[^a-z0-9]+", "-", device.lower()).strip("-").removeprefix("nvidia-") + "-" + about["date"]
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    (options.out / f"{name}.md").write_text(text(document))
    print((options.out / f"{name}.md").read_text())
    print(options.out / f"{name}.md")


if __name__ == "__main__":
    main()
