#!/bin/sh
# truth.sh GENERATE: the company of known truth is the same bytes for the same options, and
# what an earlier export tells, a later one tells too: only whether planned things got done,
# which is the last but one field of an activity, may differ.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "truth.sh: $*" >&2; exit 1; }

export LC_ALL=C
for truth in 1 2 3; do
	made() { "$1" --truth $truth --deals 200 --seed 5 --as-of "$2" --out "$dir/$3"; }
	made "$1" 2025-06-30 late
	made "$1" 2025-06-30 again
	made "$1" 2024-09-17 early
	diff -r "$dir/late" "$dir/again" >&2 || fail "truth $truth: other bytes"
	for file in history.csv activities.csv touches.csv committee.csv truth.txt; do
		for when in early late; do
			sed -E 's/,"(yes|no)",("[a-z]*")$/,\2/' "$dir/$when/$file" | sort \
				>"$dir/$when.rows"
		done
		[ "$(wc -l <"$dir/early.rows")" -gt 50 ] || fail "truth $truth: $file is short"
		gone=$(comm -23 "$dir/early.rows" "$dir/late.rows")
		[ -z "$gone" ] || fail "truth $truth: $file: not in the later export: $gone"
	done
	# No open deal is left behind in a month for which it was not asked about.
	left=$(awk -F'","' '$4 == "open" && $10 < "2025-05-01"' "$dir/late/deals.csv")
	[ -z "$left" ] || fail "truth $truth: overdue for more than a month: $left"
done
