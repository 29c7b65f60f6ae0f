#!/usr/bin/env bash
# Sets up what is missing, builds, and runs VideoGen in the foreground. Arguments go to the server; --help lists them.
# First arguments, in any order:
#   --cluster [N]  a Redis, N silos (3) and two APIs as processes of their own, on one screen; --cluster --help tells more
#   keys ...       makes, lists and revokes API keys (keys --help), of a running server too
#   --fake-hub     runs against a stand-in for Hugging Face, which costs nothing
set -euo pipefail
cd "$(dirname "$0")"
. scripts/packages.sh

need_dotnet
need ffmpeg ffmpeg

# A build that finds nothing to do still takes seconds: skip it when no source has changed since the last one.
build() { # project, then the folders that it is made of
  local project=$1 out=artifacts/$1 now
  shift
  now=$(find "$@" Directory.*.props global.json \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | sort | sha256sum)
  if [ ! -f "$out/$project.dll" ] || [ "$(cat "$out/.sources" 2>/dev/null)" != "$now" ]; then
    echo "Building $project ..." >&2
    dotnet publish "$(find . -name "$project.csproj" -not -path './artifacts/*')" -c Release -o "$out" --nologo -v quiet >&2
    echo "$now" > "$out/.sources"
  fi
}

silos='' fake_hub=''
while true; do
  case "${1:-}" in
    --cluster) silos=3; shift; if [[ "${1:-}" =~ ^[0-9]+$ ]]; then silos=$1; shift; fi ;;
    --fake-hub) fake_hub=--fake-hub; shift ;;
    *) break ;;
  esac
done

build VideoGen.Api VideoGen.Api VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo
[ -z "$fake_hub" ] || build VideoGen.FakeHub tests/VideoGen.FakeHub

if [ -n "$silos" ]; then
  need redis-server redis-server
  build VideoGen.Silo VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo
  build VideoGen.LocalCluster VideoGen.LocalCluster
  exec dotnet artifacts/VideoGen.LocalCluster/VideoGen.LocalCluster.dll --silos "$silos" $fake_hub "$@"
elif [ -n "$fake_hub" ]; then
  hub=http://127.0.0.1:${FAKE_HUB_PORT:-7870}
  dotnet artifacts/VideoGen.FakeHub/VideoGen.FakeHub.dll --urls "$hub" &
  trap 'kill $! 2>/dev/null || true' EXIT
  export HF_TOKEN=${HF_TOKEN:-hf_fake}
  export VideoGen__HuggingFace__HubUrl=$hub VideoGen__HuggingFace__RouterUrl=$hub/router VideoGen__HuggingFace__AllowLoopback=true
  dotnet artifacts/VideoGen.Api/VideoGen.Api.dll "$@"
else
  exec dotnet artifacts/VideoGen.Api/VideoGen.Api.dll "$@"
fi
