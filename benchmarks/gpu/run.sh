#!/usr/bin/env bash
# Everything that there is to know of the kernels on a GPU, in one go: devices, the device tests, agreement with the
# double reference, a soak, the profile and the alignment of every benchmark shape, PyTorch beside it; and with scores in
# host memory cpu, tornado and what auto chooses, in the caller's memory and in the backend's. Needs a JDK 25, one or
# several TornadoVM SDKs, python3 (with torch and numpy for PyTorch's part; PYTHON may name another), and no network: where
# there is no Maven, benchmarks/gpu/prepare.sh has built all of it before.
#
#   benchmarks/gpu/run.sh [--quick] [--shapes A,B] [--seconds N] [--out DIR] [SDK...]
#
#   SDK          directories of TornadoVM SDKs (default: TORNADOVM_HOME, or SDKMAN's current one)
#   --quick      only shape A, half the time for each measurement, only the tests of single kernels, and the results in
#                benchmarks/gpu/target: shows that everything runs
#   --shapes     benchmark shapes (default: all that ctc bench has)
#   --seconds    for each measurement (default: 0.1)
#   --out        directory for NAME.md, NAME.json and logs.tar.gz, NAME being the device and the day (default:
#                benchmarks/results, the logs in benchmarks/gpu/target)
set -euo pipefail

fail() {
    echo "run: $1" >&2
    exit 2
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=$root/benchmarks/gpu/target
python=${PYTHON:-python3}
command_line=benchmarks/gpu/run.sh
seconds=0.1 shapes='' out='' modules=(tornado-kernels tests) batches=100 sdks=()
while [ $# -gt 0 ]; do
    command_line+=" ${1##*/}"
    case $1 in
        --quick)
            seconds=0.05 batches=20 modules=(tornado-kernels)
            shapes=${shapes:-A} out=${out:-$target}
            ;;
        --shapes) shapes=${2:?} && command_line+=" $2" && shift ;;
        --seconds) seconds=${2:?} && command_line+=" $2" && shift ;;
        --out) out=${2:?} && command_line+=" DIR" && shift ;;
        -*) fail "unknown option $1; benchmarks/gpu/run.sh says which there are at its top" ;;
        *) sdks+=("$(cd "$1" && pwd)") ;;
    esac
    shift
done
[ ${#sdks[@]} -gt 0 ] || sdks=("${TORNADOVM_HOME:-$HOME/.sdkman/candidates/tornadovm/current}")
for sdk in "${sdks[@]}"; do
    [ -d "$sdk/share/java/tornado" ] || fail "no TornadoVM SDK in $sdk"
done
[ -d "$target/lib" ] || fail "nothing is prepared: run benchmarks/gpu/prepare.sh where Maven and a network are"
# what was copied here may be older than the sources beside it, and cannot be built again
command -v mvn >/dev/null || touch "$root/cli/target/ctc-built"

name=run
# shellcheck source=../../tornado-flags
. "$root/tornado-flags"
java=$(find_jdk "${sdks[0]}")/bin/java || fail "a JDK 25 is needed, but was not found: set JAVA_HOME to it"
# the same selection and flags as in mvn verify
property() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml" | tail -1; }
groups=$(property groups)
read -r -a flags <<<"$(property test.jvm.flags)"
# no shape has this name, and the error names all there are
shapes=${shapes:-$({ "$root/ctc" bench --shapes none 2>&1 || true; } \
    | sed -n 's/.* is none of \([A-Z, ]*\).*/\1/p' | tr -d ' ')}
[ -n "$shapes" ] || fail "ctc bench does not say which shapes it has"
logs=$target/run-$(date +%Y%m%d-%H%M%S)
inputs=$(mktemp -d)
trap 'rm -rf "$inputs"' EXIT

# SDK: the name of its backend
backend_of() { sed -n 's/^tornado.backends=\(.*\)-backend.*/\1/p' "$1/etc/tornado.backend"; }

# SDK LOG MODULE: the tests that run on a device in mvn verify
device_tests() {
    local class_path
    class_path=$root/$3/target/test-classes:$(printf '%s:' "$root"/cli/target/lib/*.jar "$target"/lib/*.jar)
    TORNADOVM_HOME=$1 "$root/tornado-flags" "$2/flags-$3"
    (cd "$root/$3" && TORNADOVM_HOME=$1 timeout 180 "$java" "@$2/flags-$3" "${flags[@]}" \
        -cp "$class_path:$(echo "$target"/junit-platform-console-standalone-*.jar)" \
        org.junit.platform.console.ConsoleLauncher execute --scan-class-path=target/test-classes \
        --include-tag="$groups" --include-engine=junit-jupiter --disable-banner --details=summary \
        --disable-ansi-colors --reports-dir="$2/tests-$3") >"$2/tests-$3.txt" 2>&1 || true
}

# SDK LOG NAME SHAPES: agreement with the reference; says so, in JSON, whatever it is, unless something breaks
compare() {
    TORNADOVM_HOME=$1 timeout 120 "$root/ctc" compare --backend tornado --shapes "$4" --seconds 0.05 --json \
        >"$2/$3.json" 2>"$2/$3.txt" || [ -s "$2/$3.json" ]
}

# SDK LOG: what is right or wrong, and takes as long as it takes
check() {
    local module shape comparison
    TORNADOVM_HOME=$1 "$root/ctc" devices --json >"$2/devices.json" 2>"$2/devices.txt" || true
    {
        compare "$1" "$2" compare "$shapes" || for shape in ${shapes//,/ }; do
            compare "$1" "$2" "compare-$shape" "$shape" || true
        done
    } &
    comparison=$!
    for module in "${modules[@]}"; do
        device_tests "$1" "$2" "$module"
    done
    wait "$comparison"
}

# SDK LOG FILE [OPTIONS]: the profile of all shapes, or of those that can be where one cannot
profile() {
    local sdk=$1 log=$2 name=$3 shape
    shift 3
    if ! TORNADOVM_HOME=$sdk timeout 240 "$root/ctc" bench --backend tornado --profile --json --shapes "$shapes" \
        --seconds "$seconds" "$@" >"$log/$name.json" 2>"$log/$name.txt"; then
        for shape in ${shapes//,/ }; do
            TORNADOVM_HOME=$sdk timeout 60 "$root/ctc" bench --backend tornado --profile --json --shapes "$shape" \
                --seconds "$seconds" "$@" >"$log/$name-$shape.json" 2>>"$log/$name.txt" || true
        done
    fi
}

started=$(date +%s)
say() { echo "run: $(($(date +%s) - started)) s: $1" >&2; }

# SDK [OPTIONS]: what is timed of one backend
timed() {
    local sdk=$1 backend
    shift
    backend=$(backend_of "$sdk")
    mkdir -p "$logs/$backend"
    say "profile of $backend"
    TORNADOVM_HOME=$sdk "$root/ctc" soak --backend tornado --batches "$batches" --json \
        >"$logs/$backend/soak.json" 2>"$logs/$backend/soak.txt" || true
    profile "$sdk" "$logs/$backend" profile "$@"
    bench "$sdk" "$logs/$backend" align --backend tornado --mode align
}

# SDK LOG NAME OPTIONS: calls from host memory to host memory
bench() {
    local sdk=$1 log=$2 name=$3
    shift 3
    TORNADOVM_HOME=$sdk timeout 120 "$root/ctc" bench --json --shapes "$shapes" --seconds "$seconds" "$@" \
        >"$log/$name.json" 2>"$log/$name.txt" || true
}

# what is timed comes first, one after the other
first=${sdks[0]}
timed "$first" --inputs "$inputs"
first_log=$logs/$(backend_of "$first")
say "profile of scores as peaked as a trained model's"
profile "$first" "$first_log" peaked --mode step --scale 30
say "host memory: cpu, tornado and auto, after its calibration"
TORNADOVM_HOME=$first timeout 120 "$root/ctc" calibrate --json >"$first_log/calibrate.json" 2>"$first_log/calibrate.txt" \
    || true
bench "$first" "$first_log" host --backend cpu,tornado,auto --mode step
bench "$first" "$first_log" lent --backend tornado,auto --mode step --lent --layout BTV

if "$python" -c 'import torch, numpy' 2>/dev/null; then
    say "PyTorch"
    "$python" "$root/benchmarks/peers/torch_ctc.py" "$inputs" --seconds "$seconds" --json "$logs/torch.json" \
        >"$logs/torch.txt" 2>&1 || cat "$logs/torch.txt" >&2
    "$python" "$root/benchmarks/peers/torch_ctc.py" "$inputs" --seconds "$seconds" --modes step --scale 30 \
        --json "$logs/torch-peaked.json" >>"$logs/torch.txt" 2>&1 || cat "$logs/torch.txt" >&2
else
    say "PyTorch: not found, not measured"
fi

say "device tests and agreement with the reference, ${#sdks[@]} SDK(s) at once"
jobs=()
for sdk in "${sdks[@]}"; do
    mkdir -p "$logs/$(backend_of "$sdk")"
    check "$sdk" "$logs/$(backend_of "$sdk")" &
    jobs+=($!)
done
wait "${jobs[@]}"

# the kernels are the same on every backend, so two shapes of the others do
all_shapes=$shapes
for sdk in "${sdks[@]:1}"; do
    shapes=$(cut -d, -f1,2 <<<"$all_shapes")
    timed "$sdk"
done
shapes=$all_shapes

say "report"
"$python" "$root/benchmarks/gpu/report.py" "$logs" --command "$command_line" --shapes "$shapes" --java "$java" \
    --took $(($(date +%s) - started)) \
    --revision "$(git -C "$root" rev-parse --short HEAD 2>/dev/null || cat "$target/revision")" \
    --out "${out:-$root/benchmarks/results}" --sdks "${sdks[@]}"
if [ -n "$out" ]; then
    tar -C "$(dirname "$logs")" -czf "$out/logs.tar.gz" "$(basename "$logs")"
fi
say "done; logs in $logs"
