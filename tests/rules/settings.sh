#!/bin/sh
# settings.sh HUDDLE SOURCE: one file sets slip risk for commands and the screen,
# what is printed reads back, and a wrong line is refused by its place.
set -eu
huddle=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset NO_COLOR
export HUDDLE_DB="$work/huddle.db" XDG_CONFIG_HOME="$work" LC_ALL=C.UTF-8
at() {
	"$huddle" --today 2026-11-23 "$@"
}
fail() {
	echo "$*"
	exit 1
}
at sync --as-of 2026-11-20 "$source/sample-data" >/dev/null

at deals --json >"$work/deals.0"
at settings >"$work/defaults.ini"
at --config "$work/defaults.ini" deals --json | cmp - "$work/deals.0"

mkdir "$work/huddle"
cat >"$work/huddle/huddle.ini" <<'END'
sort = amount
[deck]
pages = risk, actions
[keys]
quit = f9
[risk]
days = business
idle-warn = 3
holidays = 2026-11-20, 2026-12-25
[risk.signals]
idle_marketing = off
[risk.stage.negotiation/review]
idle-warn = 1
END
sed 's/^sort.*//' "$work/huddle/huddle.ini" >"$work/risk.ini"
at settings >"$work/mine.ini"
at --config "$work/mine.ini" settings | cmp - "$work/mine.ini"
grep -q '^pages = risk, actions$' "$work/mine.ini" || fail "settings of the deck are lost"
grep -q '^sort = amount$' "$work/mine.ini" || fail "settings of the review are lost"
grep -q '^quit = f9$' "$work/mine.ini" || fail "keys are lost"
at deals --json >"$work/deals.1"
cmp -s "$work/deals.0" "$work/deals.1" && fail "the user's own file changes nothing"
at --config "$work/mine.ini" deals --json | cmp - "$work/deals.1"
at settings --json | grep -q '"off":\["idle_marketing"\]' || fail "settings --json: off"
at risk --top 0 --json | grep -q '"off":\["idle_marketing"\]' || fail "risk --json: off"
at risk --top 1 | grep -q '^Off in the settings: marketing touches' || fail "risk: off"
at risk | grep -q 'for [0-9]* business days' || fail "risk: no business days"
at risk | grep -q 'no marketing touch for' && fail "risk: what is off counts"
for nth in 1 7 19; do
	percent=$(at deals --sort name --json | grep -o '"probability":[0-9.]*' | sed -n "${nth}p")
	percent=$(printf '%s\n' "$percent" | sed 's/.*:0*\.\{0,1\}//; s/^0*//')
	keys=ssssg$(printf '%*s' $((nth - 1)) '' | tr ' ' j)
	at --config "$work/risk.ini" --keys "${keys}3z" --screen 160x40 >"$work/screen"
	grep -q "Slip risk ${percent%0}[0-9]*%" "$work/screen" ||
		fail "the screen does not tell $percent for deal $nth"
done

printf '[risk]\n\nidle-warn = x\n' >"$work/bad.ini"
for command in deals risk 'risk backtest' 'show Kestrel Ridge' settings ''; do
	status=0
	# shellcheck disable=SC2086 # words of a command
	at --config "$work/bad.ini" $command >"$work/out" 2>"$work/err" || status=$?
	[ $status = 2 ] || fail "huddle $command: ends with $status"
	grep -q "bad.ini:3: idle-warn is \"x\"; write days from 1 to 9999" "$work/err" ||
		fail "huddle $command: $(cat "$work/err")"
	[ ! -s "$work/out" ] || fail "huddle $command: prints numbers all the same"
done
at --config "$work/bad.ini" --screen 200x40 | grep -q 'bad.ini:3: idle-warn is "x"' ||
	fail "the review does not tell it"
