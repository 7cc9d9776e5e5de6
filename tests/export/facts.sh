#!/bin/sh
# facts.sh HUDDLE SOURCE: two weeks of a company, with a deal and tasks that are gone
# and a name that a spreadsheet would run, exported and synced into a new file: the
# same facts, the same past, and the same export, byte by byte. The source's next
# export goes on from there.
set -eu
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"

mkdir "$work/week1" "$work/week2"
cp "$source"/sample-data/*.csv "$work/week1"
cp "$source"/sample-data/*.csv "$work/week2"
# A deal is gone, one is called what a spreadsheet would run, others have moved.
sed -e '20d' -e 's/Fenridge Clinics: pilot to rollout/=HYPERLINK(1)/' \
	-e 's/Negotiation\/Review/Proposal\/Price Quote/' \
	"$work/week1/Opportunity.csv" >"$work/week2/Opportunity.csv"
cmp -s "$work/week1/Opportunity.csv" "$work/week2/Opportunity.csv" && fail "no changes"
sed '100,140d' "$work/week1/Task.csv" >"$work/week2/Task.csv"
on a sync --as-of 2026-11-20 "$work/week1" >/dev/null 2>&1 || fail "the first week"
on a sync --as-of 2026-11-27 "$work/week2" >/dev/null 2>&1 || fail "the second week"

on a export "$work/out" >"$work/said" || fail "export"
grep -q 'rows of facts' "$work/said" || fail "said: $(cat "$work/said")"
facts=$work/out/facts-2026-11-27
[ "$(wc -l <"$facts/snapshots.csv")" -gt 1 ] || fail "no past"
grep -q "\"'=HYPERLINK(1)\"" "$facts/deals.csv" || fail "a formula"
head -n 1 "$facts/deals.csv" | grep -q 'huddle_missing' || fail "nothing is missing"
for file in "$work"/out/*/*.csv; do
	grep -q "^### ${file#"$work/out/"}$" "$work/out/README.md" ||
		[ "$(basename "$file")" = tables.csv ] || fail "README.md lacks $file"
done

on b sync "$work/out" >"$work/said" 2>&1 || fail "sync: $(cat "$work/said")"
on b export "$work/again" >/dev/null || fail "export of what was synced"
diff -r "$work/out" "$work/again" >"$work/diff" || fail "not the same: $(head -n 5 "$work/diff")"
all_same a b
same a b status --syncs
same a b changes --since 1
same a b audit
on b check >/dev/null || fail "check"

# Nothing has changed when the folder is synced again, and the source's own export is
# the same feed as before.
on b sync "$work/out" >"$work/said" 2>&1 || fail "the folder again"
grep -q 'Nothing' "$work/said" || fail "the folder changed something: $(tail -n 2 "$work/said")"
on b sync --as-of 2026-11-27 "$work/week2" >"$work/said" 2>&1 || fail "the source again"
for kind in Account Contact Lead Task Event CampaignMember OpportunityHistory; do
	awk -v name="$kind.csv" '$1 == name { found = 1; bad = $5 + $6 } END { exit !found || bad }' \
		"$work/said" || fail "$kind.csv is not what was restored: $(cat "$work/said")"
done

# Beside other facts the past is left where it is.
on c sync "$source/sample-data/Account.csv" >/dev/null 2>&1 || fail "accounts alone"
on c sync "$work/out" >"$work/said" 2>&1 || fail "into facts"
grep -q 'only where nothing was synced yet' "$work/said" || fail "the past: $(cat "$work/said")"
echo "facts of two weeks, there and back"
