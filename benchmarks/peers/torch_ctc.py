#!/usr/bin/env python3
"""Times PyTorch's CTC on batches that `ctc bench --inputs` has written, and lays our profile beside it.

A step is log_softmax, ctc_loss and backward, to the gradient with respect to the logits; a loss is the first two
without a graph. Tensors are on the device before and stay there. On CUDA the time is between two events, on the CPU
that of the wall clock; medians and quartiles of single calls, after a warm-up.

PyTorch has two implementations on CUDA. `native` is its own, made sure of by switching cuDNN off. `cudnn` takes only
batches with blank 0, targets of at most 256 labels and frames that are all as many, so it is timed on the same batch
with every utterance T frames long, which is more work, and `native full` on that too.

Needs torch and numpy, and no network.
"""

import argparse
import json
import pathlib
import platform
import statistics
import sys
import time

import numpy
import torch

CUDNN_LONGEST_TARGET = 256
FEWEST_CALLS = 5


class Batch:
    """Tensors of one .npz, logits times a scale, targets concatenated."""

    def __init__(self, file, device, scale):
        arrays = numpy.load(file)
        self.logits = torch.from_numpy(arrays["logits"]).to(device) * scale
        self.input_lengths = torch.from_numpy(arrays["input_lengths"].astype(numpy.int64))
        self.target_lengths = torch.from_numpy(arrays["target_lengths"].astype(numpy.int64))
        rows = zip(arrays["targets"], arrays["target_lengths"])
        self.targets = torch.from_numpy(numpy.concatenate([row[:length] for row, length in rows]).astype(numpy.int32))

    def full(self):
        return torch.full_like(self.input_lengths, self.logits.shape[0])


def losses(logits, targets, input_lengths, target_lengths):
    log_probs = torch.nn.functional.log_softmax(logits, 2)
    return torch.nn.functional.ctc_loss(log_probs, targets, input_lengths, target_lengths, reduction="sum")


def caller(batch, mode, cudnn, full, device):
    """What is timed. cuDNN wants targets and lengths of int32 on the host; the native path has them on the device."""
    lengths = batch.full() if full else batch.input_lengths
    where = "cpu" if cudnn else device
    integers = torch.int32 if cudnn else torch.int64
    targets = batch.targets.to(where, integers)
    input_lengths = lengths.to("cpu", integers)
    target_lengths = batch.target_lengths.to("cpu", integers)
    logits = batch.logits.detach().requires_grad_(mode == "step")

    def step():
        logits.grad = None
        with torch.backends.cudnn.flags(enabled=cudnn):
            losses(logits, targets, input_lengths, target_lengths).backward()

    def loss():
        with torch.no_grad(), torch.backends.cudnn.flags(enabled=cudnn):
            losses(logits, targets, input_lengths, target_lengths)

    return step if mode == "step" else loss


def milliseconds(call, seconds, device):
    """Of single calls."""
    end = time.monotonic() + seconds / 3
    while True:
        call()
        if device == "cuda":
            torch.cuda.synchronize()
        if time.monotonic() > end:
            break
    times = []
    end = time.monotonic() + seconds
    while len(times) < FEWEST_CALLS or time.monotonic() < end:
        if device == "cuda":
            begin, done = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            begin.record()
            call()
            done.record()
            done.synchronize()
            times.append(begin.elapsed_time(done))
        else:
            begin = time.perf_counter()
            call()
            times.append((time.perf_counter() - begin) * 1e3)
    lower, median, upper = statistics.quantiles(times, n=4)
    return {"lowerQuartile": lower, "milliseconds": median, "upperQuartile": upper, "calls": len(times)}


def gradient_error(batch, device):
    """The largest deviation of the float32 gradient from that in float64, both PyTorch's own on the same device."""
    gradients = []
    for logits in (batch.logits, batch.logits.double()):
        leaf = logits.detach().requires_grad_()
        with torch.backends.cudnn.flags(enabled=False):
            targets = batch.targets.to(device, torch.int64)
            losses(leaf, targets, batch.input_lengths, batch.target_lengths).backward()
        gradients.append(leaf.grad)
    return (gradients[0] - gradients[1]).abs().max().item()


def contenders(batch, device):
    """Names, whether cuDNN is on, and whether all utterances are T frames long."""
    yield "native", False, False
    if device == "cuda":
        yield "native full", False, True
        if batch.target_lengths.max() <= CUDNN_LONGEST_TARGET:
            yield "cudnn full", True, True


def measure(directory, names, modes, seconds, device, scale):
    results = []
    for name in names:
        batch = Batch(directory / f"{name}.npz", device, scale)
        error = gradient_error(batch, device)
        for mode in modes:
            for contender, cudnn, full in contenders(batch, device):
                try:
                    timed = milliseconds(caller(batch, mode, cudnn, full, device), seconds, device)
                except RuntimeError as error_of_torch:
                    print(f"{name} {mode} {contender}: {error_of_torch}", file=sys.stderr)
                    continue
                results.append({"shape": name, "mode": mode, "contender": contender, **timed})
                if contender == "native" and mode == "step":
                    results[-1]["gradientError"] = error
    return results


def table(results, ours):
    """Rows of text; ratios are PyTorch's native time over ours, both of calls that leave all on the device."""
    calls = {(row["shape"], row["mode"]): row for row in ours["profiles"]} if ours else {}
    rows = [["shape", "mode", "PyTorch", "ms", "quartiles", "gradient error", "ours, ms", "ratio", "kernels, ms", "ratio"]]
    for row in results:
        our = calls.get((row["shape"], row["mode"])) if row["contender"] == "native" else None
        rows.append([
            row["shape"],
            row["mode"],
            row["contender"],
            f"{row['milliseconds']:.3f}",
            f"{row['lowerQuartile']:.3f} to {row['upperQuartile']:.3f}",
            f"{row['gradientError']:.1e}" if "gradientError" in row else "-",
            f"{our['residentMilliseconds']:.3f}" if our else "-",
            f"{row['milliseconds'] / our['residentMilliseconds']:.2f}" if our else "-",
            f"{our['kernelMilliseconds']:.3f}" if our else "-",
            f"{row['milliseconds'] / our['kernelMilliseconds']:.2f}" if our else "-",
        ])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def hardware(device):
    if device == "cuda":
        return f"{torch.cuda.get_device_name()}, CUDA {torch.version.cuda}, cuDNN {torch.backends.cudnn.version()}"
    return f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", type=pathlib.Path, help="directory of NAME.npz")
    parser.add_argument("--shapes", help="NAME,NAME... (default: every one in the directory)")
    parser.add_argument("--modes", default="step,loss")
    parser.add_argument("--seconds", type=float, default=2, help="for each measurement")
    parser.add_argument("--scale", type=float, default=1, help="to multiply logits by (default: 1)")
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--ours", type=pathlib.Path, help="what ctc bench --profile --json has printed")
    parser.add_argument("--json", type=pathlib.Path, help="file to write the results to as well")
    options = parser.parse_args()

    files = sorted(file.stem for file in options.inputs.glob("*.npz"))
    names = options.shapes.split(",") if options.shapes else files
    for name in names:
        if not (options.inputs / f"{name}.npz").is_file():
            parser.error(f"no {name}.npz in {options.inputs}; ctc bench --inputs {options.inputs} writes it")
    modes = options.modes.split(",")
    results = measure(options.inputs, names, modes, options.seconds, options.device, options.scale)
    ours = json.loads(options.ours.read_text()) if options.ours else None
    print(f"PyTorch {torch.__version__} on {options.device}: {hardware(options.device)}")
    if ours:
        print(f"ours on {ours['device']}; its copy bandwidth {ours['copyGigabytesPerSecond']:.1f} GB/s")
        if ours.get("scale", 1) != 1:
            print(f"logits multiplied by {ours['scale']:g}")
        print("ours: a call by the wall clock, scores and gradient resident; kernels: the device's share of it")
    print(table(results, ours))
    if options.json:
        document = {"torch": torch.__version__, "cuda": options.device == "cuda", "device": hardware(options.device),
                    "scale": options.scale, "results": results, "ours": ours}
        options.json.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
