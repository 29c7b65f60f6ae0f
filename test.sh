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

solution=VideoGen.sln
scripts/lock.sh --check
# One compiler for all projects takes two thirds of the time of one for each; it is not left running.
trap 'dotnet build-server shutdown --vbcscompiler > /dev/null' EXIT
dotnet build "$solution" -c Release --no-restore -warnaserror -p:UseSharedCompilation=true --nologo -v quiet
dotnet build-server shutdown --vbcscompiler > /dev/null
trap - EXIT
scripts/notices.sh --check
# The third part of dotnet format, analyzers, is in the build.
dotnet format whitespace "$solution" --verify-no-changes --no-restore
dotnet format style "$solution" --verify-no-changes --no-restore

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
limit=20m    # for one project: a test that hangs must not take the time of all others
# One assembly at a time: several start real processes, and two cores are soon shared by too many.
dotnet test --solution "$solution" -c Release --no-build --max-parallel-test-modules 1 --timeout "$limit" "$@" 2>&1 \
  | tee "$log" || status=$?

for project in $(grep -B1 '^Exit code: 3$' "$log" | sed -n 's|^.*/\(VideoGen[^/]*\)\.dll .*|\1|p'); do
  echo "$project was stopped after $limit: one of its tests hangs."
done

count() { sed -n "s/^  $1: \([0-9]*\).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded)
failed=$(count failed)
if [ "$status" -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then
  failed=1    # a test process that crashed counts no test as failed
fi
echo "${passed:-0} passed, ${failed:-0} failed"
exit "$status"
