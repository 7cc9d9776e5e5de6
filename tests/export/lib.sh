# shellcheck shell=sh disable=SC2034 # variables are used by those who read this
# What the tests of export and import share: read by them, not run. $1 is the program,
# $2 the source tree.
huddle=$1 source=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset HUDDLE_DB

fail() {
	echo "FAILED: $*"
	exit 1
}

# on NAME ARGUMENT...: the program on that file, on the day that all tests are on.
on() {
	name=$1
	shift
	"$huddle" --db "$work/$name.db" --today 2026-11-27 --as ana "$@"
}

# same NAME NAME COMMAND...: the same answer of both.
same() {
	left=$1 right=$2
	shift 2
	on "$left" --json "$@" >"$work/one.json" || fail "$left: $*"
	on "$right" --json "$@" >"$work/two.json" || fail "$right: $*"
	[ -s "$work/one.json" ] || fail "$*: nothing in it"
	cmp -s "$work/one.json" "$work/two.json" || fail "$*: $right is not as $left"
}

# all_same NAME NAME: whatever is made of facts.
all_same() {
	for what in 'deals --status all' risk 'risk backtest' changes handoff attribution \
		forecast scorecard 'leads score' 'leads demand' 'leads fit' themes; do
		# shellcheck disable=SC2086 # words of a command
		same "$1" "$2" $what
	done
	on "$1" --json deals --status all | grep -o '"id": *"[^"]*"' | cut -d'"' -f4 |
		awk 'NR % 20 == 1' >"$work/ids"
	while read -r id; do
		same "$1" "$2" show "$id"
	done <"$work/ids"
}

# refused WORDS NAME ARGUMENT...: status 1, one line, with the words.
refused() {
	words=$1
	shift
	status=0
	on "$@" >"$work/refused.out" 2>"$work/refused" || status=$?
	[ "$status" -eq 1 ] || fail "$* ($words): status $status: $(cat "$work/refused.out" "$work/refused")"
	[ "$(wc -l <"$work/refused")" -eq 1 ] || fail "$*: not one line: $(cat "$work/refused")"
	grep -qF -e "$words" "$work/refused" || fail "$*: $(cat "$work/refused")"
}
