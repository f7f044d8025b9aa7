#!/usr/bin/env bash
# Our TornadoVM backend and PyTorch on the same batches, one after the other, with ratios.
#
#   benchmarks/peers/against_torch.sh [DIR] [SHAPES] [SECONDS] [DEVICE] [SCALE]
#
# DIR (default: a new directory under the system's temporary one) gets the batches and all results as JSON; SHAPES are A
# to E and the full batches F, G and H unless some are named, as A,B; DEVICE is TornadoVM's, as `ctc devices` lists them
# (default: its first, also if it is empty); SCALE multiplies all logits, 30 for about as peaked ones as a trained model
# gives (default: 1). Needs a JDK 25, a TornadoVM SDK, this directory once built by ./ctc, and a python3 with torch and
# numpy, which PYTHON may name. No network.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
directory=${1:-$(mktemp -d)}
shapes=${2:-A,B,C,D,E,F,G,H}
seconds=${3:-2}
device=${4:-}
scale=${5:-1}
python=${PYTHON:-python3}

"$python" -c 'import torch, numpy' || {
    echo "against_torch: $python has no torch or no numpy; PYTHON=... names another" >&2
    exit 2
}
mkdir -p "$directory"
nvidia-smi --query-gpu=name,driver_version,clocks.sm,clocks.mem --format=csv,noheader 2>/dev/null || true
"$root/ctc" bench --backend tornado --profile --json --shapes "$shapes" --seconds "$seconds" \
    --scale "$scale" --inputs "$directory" ${device:+--device "$device"} >"$directory/ours.json"
"$python" "$root/benchmarks/peers/torch_ctc.py" "$directory" --shapes "$shapes" --seconds "$seconds" \
    --ours "$directory/ours.json" --json "$directory/against-torch.json"
echo "results in $directory"
