#!/bin/sh
# disk_form.sh HUDDLE EXPORTS: a form is saved on the screen while nothing can be
# written: its text is still in it, the words say where and what to do, and nothing of
# it is in the file.
set -u
huddle=$1
exports=$2
if ! strace -o /dev/null true 2>/dev/null; then
	echo "skipped: strace can not trace here"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" # it can not work under ptrace

people() {
	"$huddle" --db "$work/h.db" --as Ana --today 2026-11-23 "$@"
}

fail() {
	echo "FAILED: $error, $keys: $*"
	cat "$work/screen"
	exit 1
}

people sync --as-of 2026-11-23 "$exports" >/dev/null || exit 1
people review start >/dev/null || exit 1
before=$(people log)
forms=0
for error in ENOSPC EIO; do
	while IFS='|' read -r keys text; do
		forms=$((forms + 1))
		strace -f -qq -o "$work/trace" -e trace=pwrite64 \
			-e inject="pwrite64:error=$error:when=1+" \
			"$huddle" --db "$work/h.db" --as Ana --today 2026-11-23 \
			--keys "$keys" --screen 120x40 >"$work/screen" 2>&1 </dev/null
		grep -q INJECTED "$work/trace" || fail "nothing was injected"
		grep -q "$text" "$work/screen" || fail "the text is gone"
		grep -q "not saved" "$work/screen" || fail "the form is gone"
		grep -q "nothing was saved" "$work/screen" || fail "it is not told"
		[ "$(people log)" = "$before" ] || fail "something was written"
		people check | grep -q '^All is well' || fail "the file is not well"
	done <<'END'
odn<tab><tab>pt<up>half a debrief<ctrl-s>|half a debrief
ahalf an action<tab><tab>Ana Ruiz<ctrl-s>|half an action
vch<tab>half a decision<ctrl-s>|half a decision
END
done
echo "$forms forms, each with its text in it"
