#!/bin/sh
# run-unit.sh PROGRAM: run a Criterion program and fail if it fails or if a
# sanitizer wrote anything. Criterion counts a leaking test as passed, so the
# sanitizers report to files and the presence of a file is the failure.
set -u
logs=$(mktemp -d) || exit 1
trap 'rm -rf "$logs"' EXIT
export ASAN_OPTIONS="log_path=$logs/asan:detect_leaks=1:${ASAN_OPTIONS:-}"
export UBSAN_OPTIONS="log_path=$logs/ubsan:print_stacktrace=1:${UBSAN_OPTIONS:-}"
"$1" --jobs 2
status=$?
for log in "$logs"/*; do
	[ -e "$log" ] || continue
	cat "$log" >&2
	status=1
done
exit $status
