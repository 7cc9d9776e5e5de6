#!/bin/sh
# reports.sh HUDDLE SOURCE: the ready reports on the sample data. Each section is there
# once, as text and as Markdown; a name full of backticks does not break out of its
# block; a file that is there is not written over.
set -eu
huddle=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HUDDLE_DB="$work/h.db"
run() {
	"$huddle" --as Ana --today 2026-11-23 "$@"
}
fail() {
	echo "FAILED: $*"
	exit 1
}
run sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
# shellcheck disable=SC2016 # backticks are what is tried
run note add Fernmarch --about '````' --text 'nobody knows what ```this``` means' >/dev/null

# sections REPORT N: so many in either form.
sections() {
	run report "$1" >"$work/$1.txt" 2>/dev/null
	run report "$1" -o "$work/$1.md" >/dev/null 2>&1
	[ "$(grep -c '^## ' "$work/$1.md")" -eq "$2" ] || fail "$1: not $2 sections"
	grep -q '^From the exports of 2026-11-20\.$' "$work/$1.md" || fail "$1: of which day?"
	# As many fences open as close.
	fences=$(grep -c '^```*$' "$work/$1.md")
	[ "$fences" -eq $((2 * $2)) ] || fail "$1: $fences fences"
}
sections leads 2
sections pipeline 6
sections winloss 4
grep -q '^`````$' "$work/leads.md" || fail "the fence is not longer than what is in it"
! run report leads -o "$work/leads.md" >/dev/null 2>&1 || fail "a file was written over"
! run report leads --json >/dev/null 2>&1 || fail "a report has no JSON"
run report pipeline | grep -q 'nothing is required of a deal' ||
	fail "what can not be told does not say why"
echo "three reports, as text and Markdown"
