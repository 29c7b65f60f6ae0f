#!/usr/bin/env bash
# Sets up what is missing, checks format and warnings, and runs every test. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"
. scripts/packages.sh

usage() {
  cat <<'END'
Usage: ./test.sh [--quick | --soak] [options of the test runner]

  --quick   only what starts no process but ffmpeg, without the checks of format
  --soak    with the long forms of the tests that kill and restart
  --help    shows this

Options of the runner go to every test program: ./test.sh --quick -class '*.HistoryStateTests'
END
}

mode=all
case ${1:-} in
  --quick | --soak) mode=${1#--}; shift ;;
  -h | --help) usage; exit ;;
esac

need_dotnet
need ffmpeg ffmpeg
if [ "$mode" != quick ]; then
  command -v chromium > /dev/null || need chromium-headless-shell chromium-headless-shell
  need redis-server redis-server
  need node nodejs
  need npm npm
  for packages in S3Server NodeClients; do
    npm ci --prefix "tests/VideoGen.Testing/$packages" --ignore-scripts --no-audit --no-fund --silent
  done
fi

solution=VideoGen.sln
scripts/lock.sh --check
# One compiler for all projects takes two thirds of the time of one for each; it is not left running.
trap 'dotnet build-server shutdown --vbcscompiler > /dev/null' EXIT
dotnet build "$solution" -c Release --no-restore -warnaserror -p:UseSharedCompilation=true --nologo -v quiet
dotnet build-server shutdown --vbcscompiler > /dev/null
trap - EXIT
if [ "$mode" != quick ]; then
  scripts/notices.sh --check
  # The third part of dotnet format, analyzers, is in the build.
  dotnet format whitespace "$solution" --verify-no-changes --no-restore
  dotnet format style "$solution" --verify-no-changes --no-restore
fi

runner=(-noColor "$@")
case $mode in
  quick) runner+=(-trait- Starts=processes) ;;
  soak) export VIDEOGEN_CHAOS_ROUNDS=30 ;;
esac

log=$(mktemp)
beside=$(mktemp)
other=    # the process that runs programs beside this one
end() {
  rm -f "$log" "$beside"
  [ -z "$other" ] || kill "$other" $(pgrep -P "$other") 2> /dev/null || true
}
trap end EXIT
limit=60m    # for one project: a test that hangs must not take the time of all others
[ "$mode" = soak ] && limit=6h

# The tests start many processes that live for seconds, and most of that time goes to the compiler of the runtime. With these settings
# an API takes a third less to start: code is compiled a second time, and better, only in a process that has done nothing new for five
# seconds (0x1388 ms), it is not instrumented for that, and memory for it is mapped once.
export DOTNET_TC_CallCountingDelayMs=1388 DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0

# run PROJECT...: the test programs of these projects, one after the other.
run() {
  local project name status
  for project; do
    name=VideoGen.$project.Tests
    status=0
    timeout --kill-after=10s "$limit" "tests/$name/bin/Release/net10.0/$name" "${runner[@]}" || status=$?
    if [ "$status" -gt 1 ]; then    # a test program that crashed counts no test as failed
      echo "$name ended with code $status (124 and 137: it took longer than $limit, so that one of its tests hangs)."
    fi
  done
}

run Grains Silo FakeHub LoadTest Api 2>&1 | tee "$log"
if [ "$mode" != quick ]; then
  # The tests of whole systems mostly wait for processes, so these programs share two cores; their output follows that of System.
  run Studio Fuzz AppHost > "$beside" 2>&1 &
  other=$!
  run System 2>&1 | tee -a "$log"
  wait "$other"
  other=
  tee -a "$log" < "$beside"
fi

# sum WORD: of all lines such as "VideoGen.Api.Tests  Total: 629, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 281.6s"
sum() { sed -n "s/^ *VideoGen\.[A-Za-z]*\.Tests  *Total: .*/&,/p" "$log" | grep -o "$1: [0-9]*" | awk '{ n += $2 } END { print n + 0 }'; }
# The failed tests once more, after all that the programs printed.
grep -A 15 '\[FAIL\]$' "$log" | cut -c1-500 || true
failed=$(($(sum Failed) + $(sum Errors) + $(grep -c '^VideoGen\..* ended with code ' "$log" || true)))
echo "$(($(sum Total) - $(sum Failed) - $(sum Skipped) - $(sum "Not Run"))) passed, $failed failed"
[ "$failed" -eq 0 ]
