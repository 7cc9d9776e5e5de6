# shellcheck shell=sh disable=SC2154
# What the tests of the deck share; read with ". lib.sh" after huddle and source are set.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HUDDLE_DB="$work/h.db" XDG_CONFIG_HOME="$work/config"
today=2026-11-23
run() {
	"$huddle" --as Ana --today "$today" "$@"
}
fail() {
	echo "FAILED: $*"
	exit 1
}
# has FILE TEXT...: each stands in it, however its lines are broken.
has() {
	tr -s ' \n\f' ' ' <"$1" >"$work/flat"
	file=$1
	shift
	for text; do
		grep -qF -- "$text" "$work/flat" || fail "$file lacks \"$text\""
	done
}
sample() {
	run sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
}
