#!/bin/sh
# debrief_keys.sh HUDDLE SOURCE: how many keys the shortest honest debrief takes, and
# one that tells marketing something. Each is filed by these very keys, and read back.
# The time is that of the keystroke-level model of Card, Moran and Newell (1980): 0.28 s
# a key of somebody who types but is no typist, 1.35 s of thought a field.
set -eu
huddle=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The program as Ana on the day of the data.
ana() {
	"$huddle" --as Ana --today 2026-11-23 "$@"
}

# file NAME FIELDS KEYS EXPECTED...: file it, read it back, count.
file() {
	name=$1 fields=$2 keys=$3
	shift 3
	export HUDDLE_DB="$work/$fields.db"
	ana sync --as-of 2026-11-23 "$source/tests/screens/cases/review" \
		>/dev/null
	ana --screen 100x24 --keys "$keys" debrief Umbrella >"$work/out"
	ana debrief Umbrella --json >"$work/json"
	for wanted; do
		grep -q "$wanted" "$work/json" || {
			echo "FAILED: $name: no $wanted in"
			cat "$work/out" "$work/json"
			exit 1
		}
	done
	count=$(printf %s "$keys" | sed 's/<[^<>]*>/K/g' | wc -m)
	seconds=$((count * 28 + fields * 135))
	echo "$name: $count keys, $fields fields, $((seconds / 100)) s"
	[ $seconds -lt 9000 ] || { echo "FAILED: more than 90 seconds"; exit 1; }
}

file 'the shortest' 2 'u<tab><tab><end><ctrl-s>' \
	'"outcome": *"unknown"' '"primary": *"other"' '"by": *"Ana"'
file 'lost to a competitor' 6 \
	'c<tab>Workday<tab>p<tab>pp<tab>nobody saw what it saves<tab>Fin<tab>r<tab><tab>they had it already<ctrl-s>' \
	'"competitor": *"Workday"' '"primary": *"price: too expensive"' \
	'"message": *"nobody saw what it saves"' '"objector": *"Finn Moor"' \
	'"evidence": *"rep"' '"note": *"they had it already"'
