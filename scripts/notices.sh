#!/usr/bin/env bash
# Writes THIRD-PARTY-NOTICES.md from what was restored; with --check it only says whether the file is complete.
# Restore first: dotnet restore VideoGen.sln
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/.."

file=THIRD-PARTY-NOTICES.md
shipped=(VideoGen.Api VideoGen.Grains VideoGen.ServiceDefaults VideoGen.Silo)

# packages PROJECT...: the folders of all packages that these projects use, one a line, as id/version in lower case; without those
# of one platform only, so that the file is the same everywhere
packages() {
  local project assets
  for project in "$@"; do
    assets=$project/obj/project.assets.json
    [ -f "$assets" ] || { echo "$project is not restored: dotnet restore VideoGen.sln" >&2; exit 1; }
    sed -n 's/^      "path": "\([a-z0-9][^"]*\)",\{0,1\}$/\1/p' "$assets"
  done | grep -v '^aspire\.\(dashboard\.sdk\|hosting\.orchestration\)\.' | LC_ALL=C sort -u
}

# tag NAME FILE: the text of the first element of this name
tag() { tr -d '\r\n' <"$2" | sed -n "s/.*<$1[^>]*>\([^<]*\)<\/$1>.*/\1/p"; }

# licence ID NUSPEC: its expression; of packages that have none, what their repository says
licence() {
  case $1 in
    CommandLineParser | diskann-garnet | KeraLua | System.Security.Cryptography.ProtectedData) echo MIT; return ;;
    Mono.Cecil | NetArchTest.Rules) echo MIT; return ;;
    Fractions) echo BSD-2-Clause; return ;;
    Microsoft.DotNet.PlatformAbstractions | StandardWebhooks) echo MIT; return ;;
    HdrHistogram) echo 'CC0-1.0 OR BSD-2-Clause'; return ;;
    Microsoft.NETCore.Platforms | NETStandard.Library) echo 'MS-.NET-Library-License'; return ;;
  esac
  local expression
  expression=$(grep -o '<license type="expression">[^<]*' "$2" | sed 's/.*>//') || true
  [ -n "$expression" ] || { echo "$1 names no licence: look it up and add it to scripts/notices.sh" >&2; exit 1; }
  echo "$expression"
}

# found FOLDER: the nuspec of a package, in whichever package folder this machine has it
found() {
  local root
  for root in "${roots[@]}"; do
    compgen -G "${root%/}/$1/*.nuspec" && return
  done
  echo "The package $1 is in none of: ${roots[*]}" >&2
  return 1
}

# table: reads folders of packages and writes a row for each
table() {
  local folder nuspec id licence url
  echo '| package | version | licence | project |'
  echo '| --- | --- | --- | --- |'
  while read -r folder; do
    nuspec=$(found "$folder")
    id=$(tag id "$nuspec")
    licence=$(licence "$id" "$nuspec")
    url=$(tag projectUrl "$nuspec")
    echo "| $id | ${folder#*/} | $licence | ${url:--} |"
  done
}

# npm_table LOCK: a row for each package of a package-lock.json
npm_table() {
  echo '| package | version | licence |'
  echo '| --- | --- | --- |'
  awk -F'"' '
    /^    "node_modules\// { name = $2; sub(/.*node_modules\//, "", name); version = licence = "-" }
    /^      "version":/ { version = $4 }
    /^      "license":/ { licence = $4 }
    /^    }/ && name { print "| " name " | " version " | " licence " |"; name = "" }' "$1" | LC_ALL=C sort -u
}

mapfile -t roots < <(sed -n '/"packageFolders"/,/^  }/s/^ *"\(\/.*\)": {.*/\1/p' VideoGen.Api/obj/project.assets.json)
for_tests=(VideoGen.AppHost)
for project in tests/*/ benchmarks/*/; do
  for_tests+=("${project%/}")
done

write() {
  cat <<'TEXT'
# Third-party notices

VideoGen itself is under the MIT licence. This is what it is made of besides; `scripts/notices.sh` writes this list.

## In the program

TEXT
  packages "${shipped[@]}" | table
  cat <<'TEXT'

NetVips.Native is libvips with the codecs that it is built with, as shared libraries that can be replaced (LGPL-3.0-or-later; each
package has the licences of its parts in `THIRD-PARTY-NOTICES.md`). Scalar.AspNetCore contains the Scalar API reference (MIT).

| part | licence | project |
| --- | --- | --- |
| Figtree (font of the studio) | OFL-1.1 | https://github.com/erikdkennedy/figtree |
| Instrument Serif (font of the studio) | OFL-1.1 | https://github.com/Instrument/instrument-serif |
| .NET and ASP.NET Core (in the images) | MIT | https://github.com/dotnet |

## Beside the program

ffmpeg and ffprobe run as programs of their own and are not distributed with it: run.sh and the image files install them from the
distribution, where they are under GPL-2.0-or-later or LGPL-2.1-or-later, as built there. So is Redis, where a cluster uses it.

## Used by the tests, the benchmarks and the cluster of a development machine only, and not distributed

Besides these, the Aspire dashboard and orchestrator (MIT, https://github.com/microsoft/aspire) of the platform that builds.

TEXT
  LC_ALL=C comm -13 <(packages "${shipped[@]}") <(packages "${for_tests[@]}") | table
  echo
  npm_table tests/VideoGen.Testing/S3Server/package-lock.json
}

if [ "${1:-}" != --check ]; then
  text=$(write)
  echo "$text" >"$file"
elif ! diff <(write) "$file" >&2; then
  echo "$file does not name what is used: run scripts/notices.sh and commit it." >&2
  exit 1
fi
