#!/bin/sh
# same.sh HUDDLE SOURCE [SEED] [STEPS]: the same random commands by the same people on a file
# and on a server: each ends alike, and the state they leave is the same.
set -eu
huddle=$1 source=$2 seed=${3:-$(date +%s)} steps=${4:-60}
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
trap 'pg_stop "$work/a"; rm -rf "$work"' EXIT
fail() {
	echo "FAILED with seed $seed: $*"
	exit 1
}
pg_make "$work/a"
sql owner postgres "CREATE DATABASE deals"
there() {
	name=$1
	shift
	XDG_DATA_HOME=$work/home-$name HUDDLE_DB=postgresql://$name@127.0.0.1:$pg_port/deals \
		"$huddle" --today 2026-11-23 "$@"
}
here() {
	name=$1
	shift
	"$huddle" --db "$work/h.db" --as "$name" --today 2026-11-23 "$@"
}
there owner server init >/dev/null
for person in leo:leader mia:leader rita:revops; do
	there owner server add-user "${person%:*}" --role "${person#*:}" >/dev/null
done
# both NAME COMMAND...: on both, and they say and end the same
step=0
both() {
	step=$((step + 1))
	status_here=0 status_there=0
	here "$@" >"$work/here" 2>"$work/here-err" </dev/null || status_here=$?
	there "$@" >"$work/there" 2>"$work/there-err" </dev/null || status_there=$?
	echo "$step: $* -> $status_here" >>"$work/history"
	[ $status_here = $status_there ] ||
		fail "$step: $*: $status_here ($(cat "$work/here-err")) here, $status_there ($(cat "$work/there-err")) there; $(tail -5 "$work/history")"
	sed 's/[0-9-]*T[0-9:]*Z//g' "$work/here" >"$work/here-said"
	sed 's/[0-9-]*T[0-9:]*Z//g' "$work/there" | cmp -s - "$work/here-said" ||
		fail "$step: $*: other words: $(diff "$work/here" "$work/there")"
}
both rita sync --as-of 2026-11-20 "$source/sample-data"
here leo deals --json | sed -n 's/^{"id":"\([^"]*\)".*/\1/p' | head -6 >"$work/open"
here leo deals --status lost --json | sed -n 's/^{"id":"\([^"]*\)".*/\1/p' | head -4 >"$work/lost"
here rita define export "$work/d.ini" >/dev/null 2>&1
printf 'outcome = competitor\ncompetitor = Velorin\nreason = price: terms or packaging\nnote = %s\n' \
	"tab	here, 100 % \\ sure" >"$work/debrief"
printf 'outcome = no-decision\nreason = no decision: priorities changed\n' >"$work/other"

awk -v seed="$seed" -v steps="$steps" 'BEGIN {
	srand(seed)
	for (i = 0; i < steps; i++)
		print int(rand() * 16), int(rand() * 6) + 1, int(rand() * 4) + 1, int(rand() * 8) + 1,
			rand() < 0.5 ? "leo" : "mia"
}' >"$work/steps"
while read -r what a b n who <&3; do
	deal=$(sed -n "${a}p" "$work/open") lost=$(sed -n "${b}p" "$work/lost")
	case $what in
	0 | 1) both "$who" action add "$deal" "step $step, \"quoted\" \\ 好" --due "+${n}d" --owner "$who" ;;
	2) both "$who" action "done" "$n" ;;
	3) both "$who" action drop "$n" --reason "of no use" ;;
	4) both "$who" action assign "$n" Marcus Drayhurst ;;
	5) both "$who" undo ;;
	6) both "$who" snooze "$deal" --until "+${n}w" --reason "wait for $n" ;;
	7) both "$who" snooze "$deal" --off ;;
	8) both "$who" debrief "$lost" --from "$work/debrief" ;;
	9) both "$who" debrief "$lost" --from "$work/other" ;;
	10) both "$who" pin "$deal" ;;
	11) both "$who" slice "slice $b" "owner:m closing:2026-1$b" ;;
	12) both "$who" review start ;;
	13) both "$who" review decide "$deal" hold --text "wait $n" ;;
	14) both rita define load "$work/d.ini" --note "version $step" --yes ;;
	15) both "$who" note add "$deal" --about "campaign $b" "it worked $n" ;;
	esac
done 3<"$work/steps"
grep -c -- '-> 0' "$work/history" >"$work/fine"
[ "$(cat "$work/fine")" -gt $((steps / 3)) ] || fail "hardly anything was done: $(cat "$work/history")"

# ---- the state, but for instants and operation ids ----
for what in "action list --all --json" "review show --json" "log --json" "snooze list --json" \
	"themes --json" "note list --json" "slice --json" "define show" "check"; do
	# shellcheck disable=SC2086
	here leo $what >"$work/here" 2>&1 || true
	# shellcheck disable=SC2086
	there mia $what >"$work/there" 2>&1 || true
	for side in here there; do
		sed 's/[0-9-]*T[0-9:]*Z//g; s/"op":"[^"]*"//g' "$work/$side" >"$work/$side-said"
	done
	cmp -s "$work/here-said" "$work/there-said" ||
		fail "$what: $(diff "$work/here-said" "$work/there-said" | head -4 | cut -c1-300)"
done
