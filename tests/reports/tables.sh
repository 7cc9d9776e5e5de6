#!/bin/sh
# tables.sh HUDDLE SOURCE: --csv and --md of risk, changes, themes and the scorecard have
# the rows and numbers of --json; a name that looks like a formula or like markup is a
# text; the calendar has what is due and the actions.
# shellcheck disable=SC2016
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

# load COMMAND...: its CSV as table t of a database, read by other people's reader.
load() {
	rm -f "$work/t.db"
	run "$@" --csv >"$work/t.csv"
	sqlite3 "$work/t.db" -cmd '.mode csv' ".import $work/t.csv t"
}
ask() {
	sqlite3 -noheader -list "$work/t.db" "$1"
}
# same WHAT SQL JQ COMMAND...
same() {
	what=$1 sql=$2 query=$3
	shift 3
	load "$@"
	run "$@" --json >"$work/json"
	ask "$sql" >"$work/csv.lines"
	jq -r "$query" "$work/json" >"$work/json.lines"
	[ -s "$work/json.lines" ] || fail "$what: nothing to compare"
	cmp -s "$work/csv.lines" "$work/json.lines" || {
		diff "$work/csv.lines" "$work/json.lines" | head -5
		fail "$what is not that of --json"
	}
}
# Amounts are compared in cents, all else to nine places.
cents='CAST(round(amount * 100) AS INTEGER)'
same risk "SELECT id, $cents, CAST(round(probability * 100) AS INTEGER), close_date FROM t" \
	'.deals[] | "\(.id)|\(.amount * 100 | round)|\(.probability * 100 | round)|\(.close_date)"' \
	risk --closing 2026-11
same changes "SELECT bucket, id, $cents FROM t WHERE id <> ''" \
	'.bridges[].buckets[] | .bucket as $b | .deals[] | "\($b)|\(.id)|\(.amount * 100 | round)"' \
	changes --since 2026-10-01
same "the ends of the bridge" "SELECT currency, $cents FROM t WHERE bucket IN ('start', 'end')" \
	'.bridges[] | .currency as $c | (.start, .end) | "\($c)|\(. * 100 | round)"' \
	changes --since 2026-10-01
same themes "SELECT name, lost, won FROM t WHERE kind = 'competitors'" \
	'.competitors[] | "\(.competitor)|\(.lost)|\(.won)"' themes --quarter 2026-Q3
same scorecard "SELECT figure, CAST(round(value * 1e9) AS INTEGER) FROM t
	WHERE month = '2026-11' AND value <> ''" \
	'.metrics | to_entries[] | select(.value.value != null) |
	"\(.key)|\(.value.value * 1e9 | round)"' scorecard
same "the rows of a figure" "SELECT id, counts FROM t" \
	'.rows[] | "\(.id)|\(if .counts then "yes" else "no" end)"' scorecard --rows loop_closure

run changes --since 2026-10-01 --md >"$work/changes.md"
grep -q '^## USD$' "$work/changes.md" || fail "no heading a currency"
for command in risk themes scorecard; do
	run "$command" --md >"$work/t.md"
	grep -q '^# ' "$work/t.md" || fail "$command --md has no title"
done
! run risk --csv --json >/dev/null 2>"$work/said" || fail "two forms at once"
grep -q 'one form each' "$work/said" || fail "and does not say so"

# Names from outside.
cat >"$work/deals.csv" <<'EOF'
Deal ID,Deal Name,Account Name,Owner,Stage,Amount,Currency,Close Date,Created Date
1,"=HYPERLINK(""x"")",A,+Ana,Proposal,-5,USD,2026-11-30,2026-01-05
2,a | b `c` <b>d</b> [e](f),"two
lines",@Bo,Proposal,7,USD,2026-11-30,2026-01-05
EOF
export HUDDLE_DB="$work/names.db"
run sync --as-of 2026-11-20 "$work/deals.csv" >/dev/null 2>&1
load risk
[ "$(ask "SELECT name FROM t WHERE id = '1'")" = "'=HYPERLINK(\"x\")" ] || fail "a formula is none the less one"
[ "$(ask "SELECT owner || amount FROM t WHERE id = '1'")" = "'+Ana-5.00" ] || fail "a number is no text"
run risk --md >"$work/names.md"
[ "$(grep -c '^|' "$work/names.md")" = 4 ] || fail "a name made a row more"
pandoc -t plain --columns=1000 "$work/names.md" >"$work/names.txt"
grep -qF 'a | b `c` <b>d</b> [e](f)' "$work/names.txt" || fail "a name is markup"

# The calendar.
export HUDDLE_DB="$work/h.db"
run action add Fernmarch --owner Ana --due 2026-12-01 --text 'Call; the, CFO' >/dev/null 2>&1
run action add Fernmarch --owner Ana --text 'No day' >/dev/null 2>&1
run calendar -o "$work/c.ics" >/dev/null
tr -d '\r' <"$work/c.ics" >"$work/c"
[ "$(grep -c '^BEGIN:VEVENT$' "$work/c")" = 6 ] || fail "not five duties and an action"
grep -q '^SUMMARY:Call\\; the\\, CFO$' "$work/c" || fail "the action is not in it"
grep -q '^UID:duty-weekly-deal-review-2026-11-23@huddle$' "$work/c" || fail "the review is not in it"
[ "$(grep -c '^UID:' "$work/c")" = "$(grep '^UID:' "$work/c" | sort -u | wc -l)" ] || fail "two have one id"
run calendar -o - | cmp -s - "$work/c.ics" || fail "another calendar the second time"
! run calendar -o "$work/c.ics" >/dev/null 2>&1 || fail "it was written over"
run calendar -o "$work/c.ics" --force >/dev/null || fail "--force does not write over it"
echo "tables and the calendar"
