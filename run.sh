#!/usr/bin/env bash
# Sets up what is missing, builds, and runs VideoGen in the foreground. Arguments go to the server; --help lists them.
# First arguments, in any order:
#   --cluster [N]  a Redis, N silos (3) and two APIs, with the Aspire dashboard; --cluster --help tells more
#   keys ...       makes, lists and revokes API keys (keys --help), of a running server too
#   models         lists the models with what is wrong with each (models --help)
#   --fake-hub     runs against a stand-in for Hugging Face, which costs nothing
set -euo pipefail
cd "$(dirname "$0")"
. scripts/packages.sh

need_dotnet
need ffmpeg ffmpeg

# A build that finds nothing to do still takes seconds: skip it when no source has changed since the last one.
build() { # a file that it makes, the command, then the folders that it is made of
  local made=$1 command=$2 now
  shift 2
  now=$(find "$@" Directory.*.props global.json \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' \
    | sort | sha256sum)
  if [ ! -f "$made" ] || [ "$(cat "${made%/*}/.sources" 2>/dev/null)" != "$now" ]; then
    echo "Building $(basename "$made" .dll) ..." >&2
    $command >&2
    echo "$now" > "${made%/*}/.sources"
  fi
}

publish() { # project, then the folders that it is made of
  local project=$1 file
  file=$(find . -name "$project.csproj" -not -path './artifacts/*')
  shift
  build "artifacts/$project/$project.dll" "dotnet publish $file -c Release -o artifacts/$project --nologo -v quiet" "$@"
}

silos='' fake_hub=''
while true; do
  case "${1:-}" in
    --cluster) silos=3; shift; if [[ "${1:-}" =~ ^[0-9]+$ ]]; then silos=$1; shift; fi ;;
    --fake-hub) fake_hub=--fake-hub; shift ;;
    *) break ;;
  esac
done

sources=(VideoGen.Api VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo)
if [ -n "$silos" ]; then
  docker ps >/dev/null 2>&1 || podman ps >/dev/null 2>&1 || need redis-server redis-server
  host=VideoGen.AppHost/bin/Release/net10.0/VideoGen.AppHost.dll
  build "$host" 'dotnet build VideoGen.AppHost -c Release --nologo -v quiet' \
    VideoGen.AppHost tests/VideoGen.FakeHub "${sources[@]}"
  DOTNET_ENVIRONMENT=Development exec dotnet "$host" --silos "$silos" $fake_hub "$@"
fi

publish VideoGen.Api "${sources[@]}"
if [ -n "$fake_hub" ]; then
  publish VideoGen.FakeHub tests/VideoGen.FakeHub
  hub=http://127.0.0.1:${FAKE_HUB_PORT:-7870}
  dotnet artifacts/VideoGen.FakeHub/VideoGen.FakeHub.dll --urls "$hub" &
  trap 'kill $! 2>/dev/null || true' EXIT
  export HF_TOKEN=${HF_TOKEN:-hf_fake}
  export VideoGen__HuggingFace__HubUrl=$hub VideoGen__HuggingFace__RouterUrl=$hub/router VideoGen__HuggingFace__AllowLoopback=true
  dotnet artifacts/VideoGen.Api/VideoGen.Api.dll "$@"
else
  exec dotnet artifacts/VideoGen.Api/VideoGen.Api.dll "$@"
fi
