#!/usr/bin/env bash
# Sets up what is missing, builds, and runs VideoGen in the foreground. Arguments go to the server; --help lists them.
# First arguments, in any order:
#   --cluster [N]  a Redis, N silos (3) and two APIs, with the Aspire dashboard; --cluster --help tells more
#   keys ...       makes, lists and revokes API keys (keys --help), of a running server too
#   models         lists the models with what is wrong with each, or checks one: models check ID (models --help)
#   --fake-hub     runs against a stand-in for Hugging Face, which costs nothing
#   --fake-comfyui runs against a stand-in for a ComfyUI of one's own; not with --cluster
#   --fake-videos  runs against a stand-in for a model server of one's own (OpenAI videos dialect); not with --cluster
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

stand_ins=()
stand_in() { # name and port: builds a stand-in and starts it; it ends with this script
  publish "VideoGen.$1" "tests/VideoGen.$1"
  trap 'kill "${stand_ins[@]}" 2>/dev/null || true' EXIT
  dotnet "artifacts/VideoGen.$1/VideoGen.$1.dll" --urls "http://127.0.0.1:$2" &
  stand_ins+=($!)
}

silos='' fake_hub='' fake_comfyui='' fake_videos=''
while true; do
  case "${1:-}" in
    --cluster) silos=3; shift; if [[ "${1:-}" =~ ^[0-9]+$ ]]; then silos=$1; shift; fi ;;
    --fake-hub) fake_hub=--fake-hub; shift ;;
    --fake-comfyui) fake_comfyui=--fake-comfyui; shift ;;
    --fake-videos) fake_videos=--fake-videos; shift ;;
    -h | --help) [ -n "$silos" ] || { sed -n '2,/^set /s/^# \{0,1\}//p' "$0"; echo; }; break ;;
    *) break ;;
  esac
done

if [ -n "$fake_comfyui" ] && [ -n "$fake_videos" ]; then
  echo "Choose one of --fake-comfyui and --fake-videos." >&2
  exit 2
fi

sources=(VideoGen.Api VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo)
if [ -n "$silos" ]; then
  if [ -n "$fake_comfyui$fake_videos" ]; then
    echo "$fake_comfyui$fake_videos runs without --cluster." >&2
    exit 2
  fi
  docker ps >/dev/null 2>&1 || podman ps >/dev/null 2>&1 || need redis-server redis-server
  host=VideoGen.AppHost/bin/Release/net10.0/VideoGen.AppHost.dll
  build "$host" 'dotnet build VideoGen.AppHost -c Release --nologo -v quiet' \
    VideoGen.AppHost tests/VideoGen.FakeHub "${sources[@]}"
  DOTNET_ENVIRONMENT=Development exec dotnet "$host" --silos "$silos" $fake_hub "$@"
fi

publish VideoGen.Api "${sources[@]}"
if [ -n "$fake_hub" ]; then
  hub=http://127.0.0.1:${FAKE_HUB_PORT:-7870}
  stand_in FakeHub "${hub##*:}"
  export HF_TOKEN=${HF_TOKEN:-hf_fake}
  export VideoGen__HuggingFace__HubUrl=$hub VideoGen__HuggingFace__RouterUrl=$hub/router VideoGen__HuggingFace__AllowLoopback=true
fi
if [ -n "$fake_videos" ]; then
  videos=http://127.0.0.1:${FAKE_VIDEOS_PORT:-7890}
  stand_in FakeVideos "${videos##*:}"
  export VideoGen__Upstreams__gpu1__Kind=openai-videos VideoGen__Upstreams__gpu1__Url=$videos
  export VideoGen__Upstreams__gpu1__Provider=sglang VideoGen__Upstreams__gpu1__RepeatCostsMoney=false
  export VideoGen__Models__wan__Upstream=gpu1 VideoGen__Models__wan__Name=Wan-AI/Wan2.2-TI2V-5B-Diffusers
  export VideoGen__DefaultModel=wan
fi
if [ -n "$fake_comfyui" ]; then
  comfyui=http://127.0.0.1:${FAKE_COMFYUI_PORT:-7880}
  stand_in FakeComfy "${comfyui##*:}"
  export VideoGen__Upstreams__gpu1__Kind=comfyui VideoGen__Upstreams__gpu1__Url=$comfyui
  export VideoGen__Models__wan__Upstream=gpu1 VideoGen__Models__wan__Workflow=wan2.2-ti2v-5b
  export VideoGen__DefaultModel=wan
fi

if [ "${#stand_ins[@]}" = 0 ]; then
  exec dotnet artifacts/VideoGen.Api/VideoGen.Api.dll "$@"
fi
# The signal that ends this script ends the server too, and the second wait is for its orderly end.
dotnet artifacts/VideoGen.Api/VideoGen.Api.dll "$@" <&0 &
api=$!
trap 'kill -TERM "$api" 2>/dev/null || true' INT TERM
wait "$api" && code=0 || code=$?
if kill -0 "$api" 2>/dev/null; then wait "$api" && code=0 || code=$?; fi
exit "$code"
