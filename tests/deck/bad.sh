#!/bin/sh
# bad.sh HUDDLE SOURCE: what can go wrong gets a line that says what to do, and a file
# that is there stays as it was.
# shellcheck disable=SC1091,SC2015,SC2016,SC2034,SC2154
huddle=$1 source=$2
. "$(dirname "$0")/lib.sh"

# refused WORDS COMMAND...: fails and says so.
refused() {
	words=$1
	shift
	if run "$@" >"$work/out" 2>"$work/said"; then
		fail "$* is taken"
	fi
	has "$work/said" "$words"
}
# Nothing synced: a page for each subject that says so.
run deck -o "$work/empty.pdf" >/dev/null || fail "nothing synced makes no deck"
pdftotext "$work/empty.pdf" "$work/empty"
has "$work/empty" 'There is no open deal' 'Nothing is synced'
for form in html md xlsx; do
	run deck -o "$work/empty.$form" >/dev/null || fail "nothing synced makes no $form"
done

sample
refused 'no file is named' deck
refused 'end the name in one of these' deck -o "$work/d.doc"
refused 'end the name in one of these' deck -o "$work/pdf"
refused 'can not be written' deck -o "$work/none/d.pdf"
refused 'can not be written' deck -o "$work/none/d.xlsx"
echo mine >"$work/d.pdf"
refused 'is there already' deck -o "$work/d.pdf"
[ "$(cat "$work/d.pdf")" = mine ] || fail "it was written over"
run deck -o "$work/d.pdf" --force >/dev/null || fail "--force does not write over it"
[ "$(head -c 5 "$work/d.pdf")" = '%PDF-' ] || fail "--force wrote something else"
refused 'is no quarter' deck -o "$work/q.pdf" --quarter soon
mkdir -p "$work/config/huddle"
printf '[deck]\nlogo = none.png\n' >"$work/config/huddle/huddle.ini"
refused 'none.png' deck -o "$work/l.pdf"
refused 'none.png' deck -o "$work/l.html"
rm "$work/config/huddle/huddle.ini"
[ ! -e "$work/l.pdf" ] && [ ! -e "$work/q.pdf" ] || fail "something of a refused deck is there"

# A disk that is full when the deck goes to it leaves the old one.
if strace -o /dev/null true 2>/dev/null; then
	cp "$work/d.pdf" "$work/old.pdf"
	export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
	if strace -f -qq -o /dev/null -e trace=fsync -e inject=fsync:error=ENOSPC \
		"$huddle" --today "$today" --read-only deck -o "$work/d.pdf" --force \
		>"$work/out" 2>"$work/said"; then
		fail "a full disk is not noticed"
	fi
	has "$work/said" 'nothing was changed'
	cmp -s "$work/d.pdf" "$work/old.pdf" || fail "the old deck is gone"
	ls "$work" >"$work/list"
	! grep -q 'huddle-' "$work/list" || fail "a half-written file is left"
fi
echo "what goes wrong is said, and nothing is lost"
