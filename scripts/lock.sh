#!/usr/bin/env bash
# Writes the packages.lock.json of every project that ships anew, and the notices with them; run it after a change of packages.
# With --check it restores exactly what the files name, and fails where they do not fit the projects. The AppHost has none: the
# Aspire dashboard and orchestrator are packages of the platform that builds, and a lock file holds on no other. Tests and
# benchmarks have none either: their versions are those of Directory.Packages.props.
set -euo pipefail
cd "$(dirname "$0")/.."
solution=VideoGen.sln
shipped=(VideoGen.Api VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo)

if [ "${1:-}" != --check ]; then
  for project in "${shipped[@]}"; do
    dotnet restore "$project" --force-evaluate -p:RestorePackagesWithLockFile=true --nologo -v quiet
  done
  dotnet restore "$solution" --nologo -v quiet
  exec scripts/notices.sh
fi

for project in "${shipped[@]}"; do
  if [ ! -f "$project/packages.lock.json" ]; then
    echo "$project has no packages.lock.json: run scripts/lock.sh and commit it." >&2
    exit 1
  fi
done
dotnet restore "$solution" --locked-mode --nologo -v quiet || {
  echo "The packages.lock.json files do not fit the projects any more: run scripts/lock.sh and commit what it changes." >&2
  exit 1
}
