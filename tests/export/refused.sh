#!/bin/sh
# refused.sh HUDDLE SOURCE: files that came to harm. An import says place, what is
# wrong and what to do, and nothing is half imported; a sync says whose the rows are.
set -eu
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"

on a sync "$source/sample-data" >/dev/null 2>&1 || fail sync
for i in 1 2 3 4 5 6; do
	on a action add 006Qm0000001008IAA --text "action $i, \"quoted\"" >/dev/null
done
on a export "$work/good" >/dev/null || fail export

# harm SED FILE: a fresh copy with one file changed.
harm() {
	rm -rf "$work/bad"
	cp -r "$work/good" "$work/bad"
	sed -i "$1" "$work/bad/records/$2"
}

# no WORDS: it is refused with them, and the file has no record.
no() {
	rm -f "$work"/b.db*
	refused "$1" b import "$work/bad"
	grep -q 'nothing was \(imported\|changed\|saved\)' "$work/refused" || grep -q '; ' "$work/refused" ||
		fail "no way out: $(cat "$work/refused")"
	on b --json action list --all | grep -q '"id"' && fail "half of it is there after: $1"
	on b check >/dev/null || fail "check after: $1"
}

harm '1s/"state",//' action.csv
no 'action.csv: has no column state'
harm '1s/"state"/"State","state"/' action.csv
no 'action.csv: has the column state twice'
# shellcheck disable=SC2016 # $ is sed's
harm '1s/"deleted"/"deleted","colour"/; 2,$s/$/,/' action.csv
no 'a column "colour"'
# shellcheck disable=SC2016 # $ is sed's
harm '5,$d' action.csv
no 'has 3 rows where tables.csv says 6'
harm '4s/,"open".*//' action.csv
no 'action.csv:4: '
harm '7s/[^,]*$//; 7s/,$//' action.csv
no 'action.csv:7: has '
harm '3s/"ana"/"ana/' action.csv
no 'action.csv:'
harm '3s/"action 2/"\x00action 2/' action.csv
no 'action.csv:3'
harm '3s/ana/a\xff\xfea/' action.csv
no 'action.csv:3: is no UTF-8 text'
harm '3s/^"action",2,1,/"action",2,one,/' action.csv
no 'action.csv:3: column rev, "one" is no whole number'
harm '3s/^"action",2,/"action",1,/' action.csv
no 'action.csv:3: can not be a row of action'
harm '3s/^"action"/"debrief"/' action.csv
no 'action.csv:3: is a row of "debrief"'
harm '3s/action 2/changed/' action.csv
no 'action 2 is not as the log has it'
harm 's/,\([0-9]*\)\r$/,99\r/' tables.csv
no 'newer huddle (schema 99'
harm 's/^"pin"/"pins"/' tables.csv
no '"pins" is no table of records'
harm '1s/"rows"/"lines"/' tables.csv
no 'tables.csv: has no column rows'
harm '' tables.csv
rm "$work/bad/records/pin.csv"
no 'pin.csv: is not there'
rm "$work/bad/records/tables.csv"
no 'holds no records'
harm '' tables.csv
: >"$work/bad/records/pin.csv"
no 'pin.csv: has nothing in it'

# A long text comes back, and one that is longer than a field may be does not.
long=$(head -c 40000 /dev/zero | tr '\0' x)
rm -f "$work"/c.db*
on c sync "$source/sample-data" >/dev/null 2>&1
printf '%s' "$long" >"$work/long"
on c note add 006Qm0000001008IAA --about x --text "$(cat "$work/long")" >/dev/null || fail "a long note"
on c export "$work/long-out" >/dev/null
on d import "$work/long-out" >/dev/null || fail "a long text"
on d check >/dev/null || fail "check with a long text"
rm -rf "$work/bad"
cp -r "$work/long-out" "$work/bad"
head -c 1100000 /dev/zero | tr '\0' y >"$work/longer"
awk -v file="$work/longer" 'NR == 2 { getline text <file; sub(/"xxx[^"]*"/, "\"" text "\"") } { print }' \
	"$work/long-out/records/note.csv" >"$work/bad/records/note.csv"
no 'note.csv:2'

refused 'opened for reading only' b --read-only import "$work/good"

# Facts: whose they are must be said, and rows of others are left out.
facts=$work/good/facts-2026-11-27
cp "$facts/deals.csv" "$work/deals.csv"
sed -i '2,$s/^"salesforce\/deals"/"deals"/' "$work/deals.csv"
rm -f "$work"/e.db*
refused 'names no source and section of deals' e sync "$work/deals.csv"
sed '5,$s/^"salesforce\/deals"/"other\/deals"/' "$facts/deals.csv" >"$work/deals.csv"
on e sync "$work/deals.csv" >"$work/said" 2>&1 || fail "two sources: $(cat "$work/said")"
[ "$(on e --json deals --status all | grep -o '"count": *[0-9]*' | tr -dc 0-9)" -eq 3 ] || fail "rows of another source"
echo "refused: whatever was harmed, and nothing half imported"
