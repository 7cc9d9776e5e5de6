#!/bin/sh
# real.sh HUDDLE SOURCE: data that nobody here made, from its own exports and from
# ours: the same facts. Lists of contacts become rows of their own, several sections
# feed one kind, amounts are of several currencies.
set -eu
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"
data=${HUDDLE_DATA:-$source/../shared/data}
[ -d "$data" ] || {
	echo "skipped: $data is not there"
	exit 77
}
for set in sf_data_export_deved fivetran_salesforce fivetran_hubspot hubspot_dummy; do
	[ -d "$data/$set" ] || continue
	rm -rf "${work:?}"/*
	on a sync --accept-rejects "$data/$set" >/dev/null 2>&1 || [ $? -eq 3 ] || fail "$set"
	on a export "$work/out" >/dev/null || fail "$set: export"
	on b sync "$work/out" >"$work/said" 2>&1 || fail "$set: $(cat "$work/said")"
	on b export "$work/again" >/dev/null || fail "$set: export again"
	for file in "$work"/out/*/*.csv; do
		cmp -s "$file" "$work/again/${file#"$work/out/"}" || fail "$set: ${file##*/} differs"
	done
	all_same a b
	echo "$set: $(cat "$work"/out/facts*/*.csv | wc -l) lines"
done
