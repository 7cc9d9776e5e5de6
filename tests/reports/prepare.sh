#!/bin/sh
# prepare.sh HUDDLE GENERATE SOURCE: what takes a moment is worked out before somebody
# waits for it: by the command, and by itself after a sync of many facts, which does not
# wait for it either.
set -eu
huddle=$1 generate=$2 source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
	echo "FAILED: $*"
	exit 1
}
run() {
	"$huddle" --db "$work/h.db" --as Ana --today 2026-11-23 "$@"
}
kept() {
	sqlite3 "file:$1?mode=ro" "SELECT count(*) FROM setting WHERE key IN
		('slip-risk', 'attribution') OR key LIKE 'scorecard %'"
}

run prepare >/dev/null 2>"$work/err" && fail "nothing is synced, and it prepared"
grep -q "nothing is synced" "$work/err" || fail "no facts: $(cat "$work/err")"
run sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
run risk --json >"$work/risk"
run scorecard --json >"$work/scorecard"
sqlite3 "$work/h.db" "DELETE FROM setting WHERE key = 'slip-risk' OR key LIKE 'scorecard %'"
[ "$(kept "$work/h.db")" = 0 ] || fail "a small sync left something running"
run prepare --json | grep -q '"prepared"' || fail "prepare says nothing"
[ "$(kept "$work/h.db")" = 3 ] || fail "$(kept "$work/h.db") of 3 are kept"
run risk --json | cmp - "$work/risk" || fail "another risk"
run scorecard --json | cmp - "$work/scorecard" || fail "another scorecard"
run --read-only prepare >/dev/null 2>"$work/err" && fail "prepared what it may not keep"
grep -q -e "--read-only" "$work/err" || fail "read-only: $(cat "$work/err")"

# What the sync prints ends with the sync, though what it left running goes on. Where
# that is a sanitizer's build it takes a while.
"$generate" --out "$work/files" --deals 200 --touches 100000 --activities 2000 >/dev/null
said=$("$huddle" --db "$work/many.db" sync "$work/files" 2>/dev/null)
case $said in *"is done"*) ;; *) fail "sync: $said" ;; esac
tries=0
until [ "$(kept "$work/many.db")" = 3 ]; do
	tries=$((tries + 1))
	[ $tries -lt 1200 ] || fail "$(kept "$work/many.db") of 3 are kept after a sync"
	sleep 0.1
done
