#!/bin/sh
# eight.sh HUDDLE: eight people write 25 actions each at once with the program
# itself; all 200 are there, none twice, and the file is as its log says.
set -eu
huddle=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
printf 'Id,Name,Stage,Amount\nD1,One,New,1\n' >"$work/in/deals.csv"
cat >"$work/co.ini" <<'END'
[source]
name = co
[deals]
files = deals.csv
id = Id
name = Name
stage = Stage
amount = Amount
END
export HUDDLE_DB="$work/huddle.db"
"$huddle" sync --source "$work/co.ini" --as-of 2026-11-20 "$work/in" >/dev/null

one() {
	i=1
	while [ $i -le 25 ]; do
		until "$huddle" --as "person $1" action add D1 --owner "P$1" \
			--text "write $1 $i" >/dev/null 2>"$work/err.$1"; do
			grep -q 'try again\|busy\|too long' "$work/err.$1" || exit 1
		done
		i=$((i + 1))
	done
}
pids=
for n in 1 2 3 4 5 6 7 8; do
	one $n &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid" || { cat "$work"/err.*; exit 1; }
done
found=$("$huddle" action list --json | grep -o 'write [0-9]* [0-9]*' | sort | uniq -c |
	awk '$1 != 1 { twice++ } { n++ } END { print n + 0, twice + 0 }')
[ "$found" = "200 0" ] || { echo "FAILED: actions and those doubled: $found"; exit 1; }
"$huddle" check | grep -q '^All is well: 200 records'
echo "eight people, 200 writes: all there, none doubled"
