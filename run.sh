#!/usr/bin/env bash
# Sets up what is missing, builds, and runs VideoGen in the foreground. Arguments go to the server; --help lists them.
set -euo pipefail
cd "$(dirname "$0")"
. scripts/packages.sh

need_dotnet
need ffmpeg ffmpeg

# A build that finds nothing to do still takes seconds: skip it when no source has changed since the last one.
out=artifacts/api
sources() {
  find VideoGen.Api VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo Directory.*.props global.json \
    \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | sort | sha256sum
}
now=$(sources)
if [ ! -f "$out/VideoGen.Api.dll" ] || [ "$(cat "$out/.sources" 2>/dev/null)" != "$now" ]; then
  echo "Building ..." >&2
  dotnet publish VideoGen.Api -c Release -o "$out" --nologo -v quiet
  echo "$now" > "$out/.sources"
fi

exec dotnet "$out/VideoGen.Api.dll" "$@"
