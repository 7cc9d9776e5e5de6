#!/bin/sh
# disk.sh WRITER HOW CALLS: let the Nth of the system calls fail, for N = 1, 2
# ... until one run needs fewer calls than that. HOW is what strace's inject
# takes: error=ENOSPC, error=EIO, signal=KILL; it counts each kind of call by
# itself. After each run the file is whole
# and holds what was acknowledged and no more.
set -u
writer=$1
how=$2
calls=$3
if ! strace -o /dev/null true 2>/dev/null; then
	echo "skipped: strace can not trace here"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
db=$work/huddle.db

fail() {
	echo "FAILED: $how at call $n of $calls ($when): $*"
	cat "$work/out"
	exit 1
}

run() {
	rm -f "$db" "$db-journal"
	strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$how:when=$when" \
		"$writer" add "$db" ana 1 "$tries" first >"$work/out" 2>&1
	status=$?
}

# LeakSanitizer can not work under ptrace.
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
n=1
refused=0
while :; do
	# Once: the person tries again and must succeed.
	when=$n
	tries=2
	run
	grep -q INJECTED "$work/trace" || [ "$how" = signal=KILL ] || break
	case $how in
	signal=KILL)
		[ $status -eq 0 ] && break
		"$writer" check "$db" 1 <"$work/out" || fail "after the crash"
		;;
	*)
		[ $status -eq 0 ] || fail "did not work the second time"
		"$writer" check "$db" 0 <"$work/out" || fail "after the second try"
		# From now on: everything is refused, nothing is half there.
		when=$n+
		tries=1
		run
		[ $status -eq 0 ] || refused=$((refused + 1))
		"$writer" check "$db" 1 <"$work/out" || fail "with the disk gone"
		;;
	esac
	n=$((n + 1))
	[ $n -lt 400 ] || fail "no end"
done
[ $n -gt 3 ] || fail "nothing was injected"
echo "$how: $((n - 1)) calls made to fail, $refused runs refused"
