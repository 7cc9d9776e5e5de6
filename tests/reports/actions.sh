#!/bin/sh
# actions.sh HUDDLE SOURCE: actions to take along. What the file is comes from its
# ending or --format, and where neither says so it is told what to do; a file that is
# there is not written over; what events have no day for is counted.
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
run action add 006Qm0000001044IAA --text 'call' --owner Bo --due 2026-12-01 >/dev/null 2>&1
run action add 006Qm0000001044IAA --text 'no day' --owner Bo >/dev/null 2>&1
run action add 006Qm0000001044IAA --text 'late' --owner Bo --due 2026-12-02 >/dev/null 2>&1
run action drop 3 --reason 'not needed' >/dev/null

# refused WORDS ARGUMENT...: a usage error that says WORDS, and no file.
refused() {
	words=$1
	shift
	status=0
	run action export "$@" >"$work/out" 2>"$work/err" || status=$?
	[ "$status" -eq 2 ] || fail "$*: status $status, not 2"
	[ ! -s "$work/out" ] || fail "$*: something is written"
	grep -qF -e "$words" "$work/err" || fail "$*: $(cat "$work/err")"
}
refused '--format ics or markdown'
refused '--format ics or markdown' -o -
refused '-o FILE.ics or FILE.md' -o "$work/a.txt"
[ ! -e "$work/a.txt" ] || fail "a file is there after a usage error"
refused 'use one of: ics, markdown' -o "$work/a.md" --format pdf
refused 'use it with ics' -o "$work/a.md" --events

run action export -o - --format markdown | grep -q '^## Bo: 2$' || fail "no owner"
run action export -o "$work/a.txt" --format ics >/dev/null || fail "--format is not taken"
head -n 1 "$work/a.txt" | grep -q '^BEGIN:VCALENDAR' || fail "--format does not override"
run action export -o "$work/A.ICS" --events --all >"$work/out" 2>"$work/err"
grep -q '^2 actions are in ' "$work/out" || fail "counted: $(cat "$work/out")"
grep -q ' 1 action without a due day' "$work/err" || fail "not counted: $(cat "$work/err")"
[ "$(grep -c '^BEGIN:VEVENT' "$work/A.ICS")" -eq 2 ] || fail "not two events"
[ "$(grep -c '^STATUS:CANCELLED' "$work/A.ICS")" -eq 1 ] || fail "a dropped event is not cancelled"
cp "$work/A.ICS" "$work/before"
! run action export -o "$work/A.ICS" >/dev/null 2>&1 || fail "a file was written over"
cmp -s "$work/A.ICS" "$work/before" || fail "a file was changed"
echo "actions as tasks, events and Markdown; five usage errors"
