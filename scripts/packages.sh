# Sourced by run.sh and test.sh: makes sure that system tools are there, and says what it does.

# need COMMAND PACKAGE: installs the Debian package when the command is missing.
need() {
  command -v "$1" >/dev/null 2>&1 && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 && as_root=(sudo)
  fi
  if ! command -v apt-get >/dev/null 2>&1 || { [ "$(id -u)" -ne 0 ] && [ ${#as_root[@]} -eq 0 ]; }; then
    echo "VideoGen needs $1, and it is not installed. Install it and start again" \
      "(Debian, Ubuntu: apt-get install $2; Fedora: dnf install $2; macOS: brew install $2)." >&2
    exit 1
  fi
  echo "Installing $2 (it brings $1) with apt-get ..." >&2
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && return
  echo "VideoGen needs the .NET SDK 10 (https://dotnet.microsoft.com/download)." >&2
  exit 1
}
