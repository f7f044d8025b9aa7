#!/usr/bin/env bash
# Builds what benchmarks/gpu/run.sh needs on a machine without Maven and network. Run it where both are, then copy the
# checkout with these ignored paths to the machine with the GPU; they are printed, and some 20 MB:
#
#   cli/target/ctc.jar cli/target/lib             the command line
#   tests/target/test-classes tornado-kernels/target/test-classes
#   benchmarks/gpu/target                         what the tests need besides, JUnit's console, the revision
#
#   benchmarks/gpu/prepare.sh [OPTIONS OF MAVEN]
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$PWD/benchmarks/gpu/target
junit=$(sed -n 's:.*<junit.version>\(.*\)</junit.version>.*:\1:p' pom.xml)

# JUnit is in its console as well, and nothing of AssertJ that is used here needs Byte Buddy
rm -rf "$target" {tests,tornado-kernels}/target/dependency
mkdir -p "$target/lib"
mvn -B -q package dependency:copy-dependencies -pl cli,tests,tornado-kernels -am -DskipTests -Dspotless.check.skip \
    -Djacoco.skip -DincludeTypes=jar -DexcludeArtifactIds=byte-buddy \
    -DexcludeGroupIds=org.junit.jupiter,org.junit.platform,org.opentest4j,org.apiguardian "$@"
mvn -B -q -N dependency:copy -Dartifact="org.junit.platform:junit-platform-console-standalone:$junit" \
    -DoutputDirectory="$target" "$@"
# what the command line does not bring already
for jar in {tests,tornado-kernels}/target/dependency/*.jar; do
    [ -e "cli/target/lib/$(basename "$jar")" ] || cp "$jar" "$target/lib"
done
{
    git rev-parse --short HEAD
    git diff --quiet HEAD -- || echo "with local changes"
} | paste -sd' ' >"$target/revision"
du -shc cli/target/ctc.jar cli/target/lib tests/target/test-classes tornado-kernels/target/test-classes "$target"
