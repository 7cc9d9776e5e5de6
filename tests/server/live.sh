#!/bin/sh
# live.sh HUDDLE SOURCE: two screens on a server, on real terminals: what one writes the
# other shows within a second; while the server is away both say so, are read and keep what
# is being written; then they go on by themselves.
set -eu
huddle=$1 source=$2
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
mux() {
	tmux -L "huddle-$$" -f /dev/null "$@"
}
cleanup() {
	mux kill-server 2>/dev/null || true
	pg_stop "$work/a"
	rm -rf "$work"
}
trap cleanup EXIT
unset TMUX
fail() {
	echo "FAILED: $*"
	for name in ana leo; do
		mux capture-pane -p -t "$name" || true
	done
	exit 1
}
pg_make "$work/a"
sql owner postgres "CREATE DATABASE deals"
# as NAME COMMAND...
as() {
	name=$1
	shift
	XDG_DATA_HOME=$work/home-$name HUDDLE_DB=postgresql://$name@127.0.0.1:$pg_port/deals \
		"$huddle" --today 2026-11-23 "$@"
}
as owner server init >/dev/null
for person in ana:rep leo:leader rita:revops; do
	as owner server add-user "${person%:*}" --role "${person#*:}" >/dev/null
done
as rita sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
# open NAME: a screen
open() {
	mux new-session -d -s "$1" -x 120 -y 40 "env XDG_DATA_HOME=$work/home-$1 \
		HUDDLE_DB=postgresql://$1@127.0.0.1:$pg_port/deals TERM=tmux-256color LC_ALL=C.UTF-8 \
		$huddle --today 2026-11-23 2>$work/err-$1"
}
# shows NAME WORDS: sooner than the 10 s after which a screen looks by itself
shows() {
	tries=80
	until mux capture-pane -p -t "$1" 2>/dev/null | grep -q -- "$2"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "$1 does not show: $2 $(cat "$work/err-$1")"
		sleep 0.1
	done
}
hides() {
	tries=100
	while mux capture-pane -p -t "$1" | grep -q -- "$2"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || fail "$1 still shows: $2"
		sleep 0.1
	done
}

# ---- live ----
as ana deals >/dev/null
open ana
open leo
shows ana "60 open"
shows leo "60 open"
sleep 1
as leo action add 006Qm000000103yIAA "Call legal" --owner leo >/dev/null 2>&1
shows ana "Actions 1"
# write TEXT: in a form for a new action, of leo
write() {
	mux send-keys -t leo a
	shows leo "New action"
	mux send-keys -t leo "$1" Tab Tab leo
	shows leo "One named person"
	sleep 0.2
}
write "Ask for the form"
mux send-keys -t leo C-s
shows leo "Actions 2"
shows ana "Actions 2"

# ---- away ----
write "Half written"
pg_stop "$work/a"
shows ana "offline"
shows leo "offline"
mux send-keys -t ana j
shows ana "deal 2/60"
mux send-keys -t leo C-s
shows leo "nothing was saved"

# ---- and back ----
pg_start "$work/a"
hides ana "offline"
hides leo "offline"
as leo action add 006Qm000000103yIAA "After all" --owner leo >/dev/null 2>&1
mux send-keys -t ana k
shows ana "Actions 3"
mux send-keys -t leo C-s
shows leo "Actions 4"
shows ana "Actions 4"
mux send-keys -t ana q
