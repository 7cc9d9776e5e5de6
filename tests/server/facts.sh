#!/bin/sh
# facts.sh HUDDLE SOURCE GENERATE: facts on a server: a sync sends what changed, other
# machines fetch that, undo goes back everywhere, two syncs at once are one; a file moves
# to a server and back with all that is in it.
set -eu
huddle=$1 source=$2 generate=$3
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
trap 'pg_stop "$work/a"; rm -rf "$work"' EXIT
pg_make "$work/a"
sql owner postgres "CREATE DATABASE deals" "CREATE DATABASE moved"
database=deals
as() {
	name=$1
	shift
	XDG_DATA_HOME=$work/home-$name \
		HUDDLE_DB=postgresql://$name@127.0.0.1:$pg_port/$database \
		"$huddle" --today 2026-11-23 "$@"
}
as owner server init >/dev/null
as owner server add-user rita --role revops >/dev/null
as owner server add-user ana --role rep >/dev/null

# ---- what changed ----
"$generate" --out "$work/files" --deals 300 --touches 20000 --activities 5000 >/dev/null
as rita sync --as-of 2026-11-16 "$work/files" >/dev/null 2>&1
as ana deals --json >"$work/first"
pieces=$(sql ana deals "SELECT count(*) FROM main.piece")
[ "$pieces" -gt 3 ] || fail "only $pieces pieces; make more data"
deals=$(find "$work/files" -name 'Opportunity.csv')
rename() {
	sed "s/: payroll[^\"]*\"/: payroll $1\"/" "$deals" >"$work/changed"
	mv "$work/changed" "$deals"
}
rename second
as rita sync --as-of 2026-11-20 "$work/files" >/dev/null 2>&1
as ana deals --json >"$work/second"
cmp -s "$work/first" "$work/second" && fail "the second sync changed nothing"
as rita deals --json | cmp - "$work/second" || fail "ana has other deals than rita"
db=$(ls "$work"/home-ana/huddle/servers/*/huddle.db)
theirs=$(ls "$work"/home-rita/huddle/servers/*/huddle.db)
cmp "$db-facts-2" "$theirs-facts-2" || fail "the facts of the second sync differ"

# ---- undo, which here is a switch on the server as well ----
rm "$db-facts-1" # and has to be fetched again
as rita sync --undo >/dev/null
as ana deals --json | cmp - "$work/first" || fail "ana is not back"
as rita deals --json | cmp - "$work/first" || fail "rita is not back"
as rita sync --as-of 2026-11-20 "$work/files" >/dev/null 2>&1
as ana deals --json | cmp - "$work/second" || fail "after the third sync"

# ---- old pieces go ----
for day in 21 22 23; do
	rename "of day $day"
	as rita sync --as-of 2026-11-$day "$work/files" >/dev/null 2>&1
done
[ "$(sql ana deals "SELECT count(DISTINCT generation) FROM main.generation_piece")" = 3 ] ||
	fail "more or less than three generations are kept"
[ "$(sql ana deals "SELECT count(*) FROM main.piece p WHERE NOT EXISTS(SELECT 1 FROM
	main.generation_piece g WHERE g.hash = p.hash)")" = 0 ] || fail "pieces of nobody"

# ---- a damaged piece is not taken ----
sql owner deals "UPDATE main.piece SET bytes = set_byte(bytes, 20, 1 - get_byte(bytes, 20) % 2)"
rm -r "$work/home-ana"
as ana deals >"$work/out" 2>"$work/err" && fail "took damaged facts"
grep -q "damaged" "$work/err" || fail "damaged: $(cat "$work/err")"

# ---- moving a file to a server, and back ----
file="$work/file.db"
run() {
	"$huddle" --db "$file" --as Ana --today 2026-11-23 "$@"
}
run sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
run action add 006Qm000000103yIAA "Ask \\ twice; 100 %, \"quoted\"" --due fri >/dev/null 2>&1
run action add 006Qm000000103yIAA "Two
lines	and a tab" >/dev/null 2>&1
run undo >/dev/null
run review start >/dev/null
run review decide 006Qm000000103yIAA hold --text "säkert, 好" >/dev/null
database=moved
as owner server init >/dev/null
as owner server add-user ana --role rep >/dev/null
as ana server import "$file" >/dev/null 2>"$work/err" && fail "ana imported"
grep -q "owner" "$work/err" || fail "import by a rep: $(cat "$work/err")"
as owner server import "$file" >"$work/out"
grep -q "read again and equal" "$work/out" || fail "import: $(cat "$work/out")"
as owner server import "$file" >/dev/null 2>"$work/err" && fail "imported twice"
as ana check >/dev/null || fail "what was imported is not as its log"
for what in "deals --json" "action list --all --json" "review show --json" "log --json" \
	"export"; do
	if [ "$what" = export ]; then
		run export "$work/here" >/dev/null 2>&1
		as ana export "$work/there" >/dev/null 2>&1
		diff -r "$work/here" "$work/there" >"$work/diff" || true
		grep -v '^diff\|README\|^[<>0-9-]' "$work/diff" | grep . && fail "another export"
		continue
	fi
	# shellcheck disable=SC2086
	run $what >"$work/here.json"
	# shellcheck disable=SC2086
	as ana $what | cmp - "$work/here.json" || fail "$what is another on the server"
done
as ana action add 006Qm000000103yIAA "After the move" >/dev/null 2>&1 || fail "write after it"
as ana backup "$work/back.db" >/dev/null
"$huddle" --db "$work/back.db" check >"$work/out" || fail "backup: $(cat "$work/out")"
"$huddle" --db "$work/back.db" --today 2026-11-23 action list --all --json >"$work/here.json"
as ana action list --all --json | cmp - "$work/here.json" || fail "the backup differs"
"$huddle" --db "$work/back.db" --today 2026-11-23 deals --json >"$work/here.json"
as ana deals --json | cmp - "$work/here.json" || fail "the backup has other deals"

# ---- another database under the same address: all is read anew ----
sql owner postgres "CREATE DATABASE other"
database=other
as owner server init >/dev/null
as owner server add-user rita --role revops >/dev/null
as rita sync --as-of 2026-11-20 "$work/files" >/dev/null 2>&1
as rita deals --json >"$work/other.json"
sql owner postgres "ALTER DATABASE moved RENAME TO old" "ALTER DATABASE other RENAME TO moved"
database=moved
as ana deals --json | cmp - "$work/other.json" || fail "deals of the old database"
as ana action list --all | grep -q "No actions" || fail "records of the old database"
as ana check >/dev/null || fail "the copy of the new database"
