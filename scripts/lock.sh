#!/usr/bin/env bash
# Writes the packages.lock.json of every project anew, and the notices with them; run it after a change of packages.
# With --check it restores exactly what the files name, and fails where they do not fit the projects. The AppHost and its tests
# have none: the Aspire dashboard and orchestrator are packages of the platform that builds, and a lock file holds on no other.
set -euo pipefail
cd "$(dirname "$0")/.."
solution=VideoGen.sln

if [ "${1:-}" != --check ]; then
  dotnet restore "$solution" --force-evaluate -p:RestorePackagesWithLockFile=true --nologo -v quiet
  exec scripts/notices.sh
fi

if [ -z "$(git ls-files '*packages.lock.json')" ]; then
  echo "No packages.lock.json is committed: versions are those of Directory.Packages.props. scripts/lock.sh writes them." >&2
  exec dotnet restore "$solution" --nologo -v quiet
fi

projects=$(git ls-files '*.csproj' | grep -v '/VideoGen\.AppHost')
for project in $projects; do
  if [ ! -f "${project%/*}/packages.lock.json" ]; then
    echo "${project%/*} has no packages.lock.json: run scripts/lock.sh and commit it." >&2
    exit 1
  fi
done
dotnet restore "$solution" --locked-mode --nologo -v quiet || {
  echo "The packages.lock.json files do not fit the projects any more: run scripts/lock.sh and commit what it changes." >&2
  exit 1
}
