#!/bin/sh
# records.sh HUDDLE SOURCE: all kinds of records, with texts that a spreadsheet would
# run, out and in again: every row and the whole log as they were, undo goes on; and
# into a file that has records what is new is written and what differs is told.
set -eu
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"

on a sync "$source/sample-data" >/dev/null 2>&1 || fail sync
one=006Qm0000001008IAA two=006Qm000000100AIAQ three=$(on a --json deals | grep -o '"id": *"[^"]*"' | head -n 1 | cut -d'"' -f4)
tab=$(printf '\t')
n=0
# Each text stands in a note; the last is the one that is looked for.
while IFS= read -r text; do
	n=$((n + 1))
	on a note add "$one" --text "$text" --about 'a, "b"' >/dev/null || fail "note: $text"
done <<-TEXTS
	=cmd|' /C calc'!A0
	+1 555 010
	-5
	-5.50
	- five
	@SUM(A1)
	'
	''
	'=quoted
	''+twice
	' =blank
	${tab}=tab
	＝wide
	＋wide
	a|b;c,"d"
	back\\slash \\n no line
	naïve 你好 e‌f
TEXTS
on a note add "$one" --text "$(printf 'two\r\nlines\nthird\n')" --about x >/dev/null
on a note answer 1 --text "@answered" >/dev/null
on a action add "$one" --text '=late' --owner '-Bo' --due 2026-12-01 >/dev/null 2>&1
on a action add "$two" --text 'call' >/dev/null
on a action "done" 1 >/dev/null
on a action drop 2 --reason '+why' >/dev/null
on a snooze "$three" --until 2026-12-24 --reason '@budget' >/dev/null
on a pin "$three" >/dev/null
on a slice '=mine' owner:ana >/dev/null
on a review start --minutes 30 >/dev/null
on a review decide "$three" hold --text '-later' >/dev/null
on a review end >/dev/null
on a audit answer 1 yes >/dev/null
printf 'outcome = competitor\nprimary = price\ncompetitor = =Rival\n' >"$work/debrief"
on a debrief "$two" --from "$work/debrief" >/dev/null
on a define export "$work/definition" >/dev/null
on a define load "$work/definition" --yes --note '=first' >/dev/null
on a undo >/dev/null
on a check >/dev/null || fail "check of what is exported"

on a export "$work/out" >/dev/null || fail export
# No cell begins as a formula does.
grep -nE '(^|,)"?[=@]|(^|,)"[+-][^0-9]' "$work"/out/records/*.csv && fail "a formula"
on b import "$work/out" >"$work/said" || fail "import"
grep -q 'as they were exported' "$work/said" || fail "said: $(cat "$work/said")"
on b export "$work/again" >/dev/null || fail "export of what was imported"
diff -r "$work/out/records" "$work/again/records" || fail "not the same"
on b check >/dev/null || fail "check: $(on b check)"
on b sync "$source/sample-data" >/dev/null 2>&1 # which names the deals
same a b log
same a b note list
same a b action list --all
same a b review show
for table in action note debrief snooze review agenda decision pin slice audit_answer definition change_log; do
	[ "$(wc -l <"$work/out/records/$table.csv")" -gt 1 ] || fail "no $table"
done

# Undo goes on where it was, and the numbers as well.
on a undo >"$work/one" || fail "undo"
on b undo >"$work/two" || fail "undo of what was imported"
cmp -s "$work/one" "$work/two" || fail "undo: $(cat "$work/one" "$work/two")"
on b check >/dev/null || fail "check after undo"
on b action add "$one" --text 'next' | grep -q . || fail "an action more"
on b check >/dev/null || fail "check after an action more"

# Into a file with records: what is there is left.
on a import "$work/again" >/dev/null 2>&1 && fail "what undo changed was not told"
on c import "$work/out" >/dev/null
on c import "$work/out" >"$work/said" || fail "the same again"
grep -q '^0 rows written' "$work/said" || fail "written again: $(cat "$work/said")"
on d sync "$source/sample-data" >/dev/null 2>&1
on d note add "$one" --text 'another' --about 'x' >/dev/null
refused 'note 1 (' d import "$work/out"
grep -q 'nothing was imported' "$work/refused" || fail "not said"
[ "$(on d --json note list | grep -o '"id"' | wc -l)" -eq 1 ] || fail "half of it was imported"
on d import "$work/out" --keep here >"$work/said" || fail "--keep here"
grep -q '1 differ' "$work/said" || fail "said: $(cat "$work/said")"
on d note list | grep -q another || fail "--keep here took the other"
on d log | grep -q 'imported action 1' || fail "no line in the log"
on d check >/dev/null || fail "check after --keep here"
on d import "$work/out" --keep import >/dev/null || fail "--keep import"
on d note list | grep -q another && fail "--keep import kept this one"
on d check >/dev/null || fail "check after --keep import"
on d undo >/dev/null || fail "undo of an import"
on d undo >/dev/null || fail "undo of the import before"
on d note list | grep -q another || fail "undo did not bring it back"
on d check >/dev/null || fail "check after undo of imports"
echo "$n texts and all kinds of records, there and back"
