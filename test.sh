#!/usr/bin/env bash
# Sets up what is missing, checks format and warnings, and runs every test. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"
. scripts/packages.sh

need_dotnet
need ffmpeg ffmpeg
need chromium chromium
need redis-server redis-server
need node nodejs
need npm npm
npm ci --prefix tests/VideoGen.Testing/S3Server --ignore-scripts --no-audit --no-fund --silent

solution=tests/VideoGen.Tests.slnf
scripts/lock.sh --check
dotnet build "$solution" -c Release --no-restore -warnaserror --nologo -v quiet
scripts/notices.sh --check
dotnet format "$solution" --verify-no-changes --no-restore

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
limit=20m    # for one project: a test that hangs must not take the time of all others
run_tests() { # how many assemblies at a time, which
  dotnet test --test-modules "$2" --max-parallel-test-modules "$1" --timeout "$limit" "${@:3}" 2>&1 | tee -a "$log" || status=$?
}

# As many at a time as two cores carry; but what judges the memory and the pace of whole clusters has the machine to itself.
output=bin/Release/net10.0
alone=tests/VideoGen.Cluster.Tests/$output/VideoGen.Cluster.Tests.dll
run_tests 2 "$(ls tests/*.Tests/$output/VideoGen.*.Tests.dll | grep -vx "$alone" | paste -sd ';')" "$@"
run_tests 1 "$alone" "$@"

for project in $(grep -B1 '^Exit code: 3$' "$log" | sed -n 's|^.*/\(VideoGen[^/]*\)\.dll .*|\1|p'); do
  echo "$project was stopped after $limit: one of its tests hangs."
done

count() { awk -v name="  $1:" 'index($0, name) == 1 { sum += $2 } END { print sum + 0 }' "$log"; }
passed=$(count succeeded)
failed=$(count failed)
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  failed=1    # a test process that crashed counts no test as failed
fi
echo "$passed passed, $failed failed"
exit "$status"
