#!/bin/sh
# faults.sh HUDDLE SOURCE: an export whose Nth call to the disk fails or kills it, for
# N = 1, 2 ...: the folder is not there, or the earlier one is as it was; told to stop
# it leaves nothing. The same of an import: all of it is in, or nothing.
set -u
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"
if ! strace -o /dev/null true 2>/dev/null; then
	echo "skipped: strace can not trace here"
	exit 77
fi
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" # it can not work under ptrace

on a sync "$source/sample-data/Account.csv" "$source/sample-data/Opportunity.csv" >/dev/null 2>&1 ||
	fail sync
on a action add 006Qm0000001008IAA --text one >/dev/null || fail action
on a export "$work/first" >/dev/null || fail export
on a action add 006Qm0000001008IAA --text two >/dev/null || fail action
on a export "$work/second" >/dev/null || fail export

# left: what stands beside the export.
left() {
	find "$work/place" -mindepth 1 -maxdepth 1 ! -name out
}

# whole FOLDER: is it one of the two, whole?
whole() {
	diff -r "$1" "$work/first" >/dev/null || diff -r "$1" "$work/second" >/dev/null
}

runs=0
# each HOW CALLS KIND: a call after the other.
each() {
	how=$1 calls=$2 force=$3
	n=1
	while [ $n -lt 400 ]; do
		rm -rf "$work/place"
		mkdir "$work/place"
		[ -z "$force" ] || cp -r "$work/first" "$work/place/out"
		# shellcheck disable=SC2086 # --force, or no argument
		strace -f -qq -o "$work/trace" -e trace="$calls" -e inject="$calls:$how:when=$n" \
			"$huddle" --db "$work/a.db" --today 2026-11-27 export "$work/place/out" $force \
			>"$work/said" 2>&1
		status=$?
		runs=$((runs + 1))
		if [ -n "$force" ]; then
			whole "$work/place/out" || fail "$how at call $n of $calls: half an export"
		elif [ -e "$work/place/out" ]; then
			whole "$work/place/out" || fail "$how at call $n of $calls: half an export"
		fi
		if [ $status -eq 1 ]; then
			grep -q '; \|: ' "$work/said" || fail "$how at call $n: $(cat "$work/said")"
			[ -z "$(left)" ] || fail "$how at call $n of $calls: left over: $(left)"
		fi
		case $how in
		signal=KILL) [ $status -eq 0 ] && break ;;
		*) grep -q INJECTED "$work/trace" || break ;;
		esac
		n=$((n + 1 + n / 4))
	done
	[ $n -gt 1 ] || fail "$how of $calls: nothing was injected"
}

for force in '' --force; do
	each signal=KILL write "$force"
	each signal=KILL fsync "$force"
	each signal=KILL rename,renameat2 "$force"
	each error=ENOSPC write "$force"
	each error=EIO fsync "$force"
	each error=EIO rename,renameat2 "$force"
	each error=EROFS mkdir "$force"
done

# An import, killed or out of room.
for how in signal=KILL error=ENOSPC; do
	n=1
	while [ $n -lt 100 ]; do
		rm -f "$work"/b.db*
		strace -f -qq -o "$work/trace" -e trace=pwrite64 -e inject="pwrite64:$how:when=$n" \
			"$huddle" --db "$work/b.db" import "$work/second" >"$work/said" 2>&1
		status=$?
		runs=$((runs + 1))
		count=$(on b --json action list --all 2>/dev/null | grep -o '"id"' | wc -l)
		[ "$count" -eq 0 ] || [ "$count" -eq 2 ] || fail "$how at call $n: $count of 2 actions"
		[ $status -ne 0 ] || [ "$count" -eq 2 ] || fail "$how at call $n: said to be in"
		[ $status -eq 0 ] && break
		n=$((n + 1))
	done
	on b check >/dev/null || fail "check after $how"
done

# Told to stop, it leaves nothing.
"$huddle" --db "$work/a.db" export "$work/place/stop" >/dev/null 2>&1 &
pid=$!
kill -TERM $pid 2>/dev/null
wait $pid 2>/dev/null
rm -rf "$work/place/stop" # it may have been done
[ -z "$(left)" ] || fail "left over: $(left)"
echo "$runs runs: whole, or as before"
