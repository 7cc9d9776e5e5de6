#!/bin/sh
# figures.sh HUDDLE SOURCE: the scorecard that is kept is the one that is counted, also
# in its rows, and it is counted again when a debrief, the definition, the day or the
# facts change.
set -eu
huddle=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HUDDLE_DB="$work/h.db"
today=2026-11-23
run() {
	"$huddle" --as Ana --today "$today" "$@"
}
fail() {
	echo "FAILED: $*"
	exit 1
}
run sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
figures='coverage mql_to_sqo sla_adherence forecast_accuracy loop_closure lead_to_opportunity
	marketing_pipeline speed_to_follow_up cost_per_sqo deal_size velocity cycle_length'

# same WHAT: the figures as they are kept by now, and as a copy counts them anew that
# keeps nothing.
same() {
	run scorecard --json >"$work/first.json"
	run scorecard --json >"$work/kept.json"
	mkdir "$work/bare"
	cp "$work"/h.db* "$work/bare"
	sqlite3 "$work/bare/h.db" "DELETE FROM setting WHERE key LIKE 'scorecard %'"
	HUDDLE_DB="$work/bare/h.db" run scorecard --json >"$work/counted.json"
	for figure in $figures; do
		run scorecard --rows "$figure" --json >"$work/kept.rows"
		sqlite3 "$work/bare/h.db" "DELETE FROM setting WHERE key LIKE 'scorecard %'"
		HUDDLE_DB="$work/bare/h.db" run scorecard --rows "$figure" --json >"$work/counted.rows"
		cmp -s "$work/kept.rows" "$work/counted.rows" || fail "$1: other rows of $figure"
	done
	rm -r "$work/bare"
	cmp -s "$work/first.json" "$work/counted.json" || fail "$1: the first time others"
	cmp -s "$work/kept.json" "$work/counted.json" || fail "$1: others are kept"
}
loop() {
	run scorecard --json | jq -c '[.metrics.loop_closure | .numerator, .denominator]'
}

# Salesforce's quotas tell the first day of their month only. Of the 90 days up to the 23rd
# of November six lie in August's 31; each row is rounded.
quota=$(sqlite3 "$work"/h.db-facts-* "SELECT sum(CAST(amount * CASE substr(period, 1, 7)
	WHEN '2026-08' THEN 6.0 / 31 WHEN '2026-11' THEN 23.0 / 30 ELSE 1 END + 0.5 AS INTEGER))
	FROM quota WHERE substr(period, 1, 7) BETWEEN '2026-08' AND '2026-11'")
[ "$(run scorecard --json | jq '.metrics.coverage.denominator * 100 | round')" = "$quota" ] ||
	fail "the quota of 90 days is not $quota"

same "after a sync"
[ "$(sqlite3 "$HUDDLE_DB" "SELECT count(*) FROM setting WHERE key LIKE 'scorecard %'")" = 1 ] ||
	fail "nothing is kept"
before=$(loop)
lost=$(run debrief missing --json |
	jq -r '[.deals[] | select(.lost_on >= "2026-11-01")][0].id')
printf 'outcome = no-decision\nprimary = Price\n' | run debrief "$lost" --from - >/dev/null
after=$(loop)
[ "$before" != "$after" ] || fail "a debrief does not show: $after"
same "after a debrief"
run undo >/dev/null
[ "$(loop)" = "$before" ] || fail "an undone debrief still counts"
run define export "$work/d.ini" >/dev/null
sed 's/^coverage = .*/coverage = 9.0/' "$work/d.ini" >"$work/e.ini"
run define load "$work/e.ini" --note 'more' >/dev/null
[ "$(run scorecard --json | jq '.metrics.coverage.target')" = 9 ] || fail "an old target"
same "after a definition"
# On the screen one figure is opened after the other; each has its own rows once.
shown() {
	run --screen 100x90 --keys "8$1" | sed '/^ *$/d'
}
shown 'jjjjj<enter>' >"$work/direct"
shown 'j<enter><enter>jjjjj<enter><enter>k<enter>' >"$work/after"
[ "$(wc -l <"$work/direct")" -gt 30 ] || fail "no figure was opened"
cmp -s "$work/direct" "$work/after" || {
	diff "$work/direct" "$work/after" | head -4
	fail "rows are others after other figures"
}
today=2026-11-25
same "two days later"
run sync --as-of 2026-11-24 "$source/sample-data" >/dev/null 2>&1
same "after another sync"
echo "figures are kept, and counted again when they should be"
