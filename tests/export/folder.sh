#!/bin/sh
# folder.sh HUDDLE SOURCE: the folder is new or empty, or an earlier export that --force
# replaces; whatever else is there stays, and nothing of what failed is left.
set -eu
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"

on a sync "$source/sample-data" >/dev/null 2>&1 || fail sync
# left: what stands in the folder, and no more.
left() {
	find "$work/place" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | tr '\n' ' '
}

mkdir "$work/place"
on a export "$work/place/new" >/dev/null || fail "a new folder"
mkdir "$work/place/empty"
on a export "$work/place/empty/" >/dev/null || fail "an empty folder"
[ "$(left)" = 'empty new ' ] || fail "left over: $(left)"
[ "$(stat -c %a "$work/place/new")" = 700 ] || fail "others may read the folder"
[ "$(stat -c %a "$work/place/new/README.md")" = 600 ] || fail "others may read the file"

refused 'not empty' a export "$work/place/new"
on a action add 006Qm0000001008IAA --text 'more' >/dev/null
on a export "$work/place/new" --force >/dev/null || fail "--force"
grep -q more "$work/place/new/records/action.csv" || fail "not replaced"
[ "$(left)" = 'empty new ' ] || fail "left over: $(left)"

echo mine >"$work/place/new/notes.txt"
refused 'notes.txt' a export "$work/place/new" --force
[ -s "$work/place/new/notes.txt" ] || fail "a file that is no export's is gone"
rm "$work/place/new/notes.txt" "$work/place/new/README.md"
refused 'no earlier export' a export "$work/place/new" --force
echo file >"$work/place/file"
refused 'no folder' a export "$work/place/file"
refused 'is no file of an export' a export "$work/place/file" --force
refused 'can not be written' a export "$work/none/at/all"
[ "$(left)" = 'empty file new ' ] || fail "left over: $(left)"

# A file of its own, and one that nothing was synced into.
on b action list >/dev/null 2>&1 || true
on b export "$work/place/nothing" >/dev/null || fail "nothing to export"
grep -q 'Nothing was synced' "$work/place/nothing/README.md" || fail "README of nothing"
on c import "$work/place/nothing" >/dev/null || fail "nothing to import"
on c check >/dev/null || fail "check"
on a --json export "$work/place/json" | grep -q '^{"exported"' || fail "no JSON"
echo "new, empty, replaced and refused"
