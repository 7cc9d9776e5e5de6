#!/bin/sh
# picture.sh HUDDLE SOURCE: the screen that README.md shows, from the sample data.
set -eu
huddle=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset NO_COLOR
export HUDDLE_DB="$work/huddle.db" XDG_CONFIG_HOME="$work" LC_ALL=C.UTF-8
at() {
	"$huddle" --today 2026-11-23 --as 'Leire Arizmendi' "$@"
}
at sync --as-of 2026-11-20 "$source/sample-data" >/dev/null
at action add 'Kestrel Ridge' 'Case study for a CFO of hospitals' --team marketing \
	--owner 'Ottilie Brandvold' --due 2026-11-26 >/dev/null
at action add 'Kestrel Ridge' 'Meet the CFO' --team sales --due 2026-11-19 >/dev/null
at --filter 'owner:leire' --keys j --screen 120x30
