#!/bin/sh
# full.sh HUDDLE SOURCE: a real file system fills up during an export: one clear line,
# nothing left of it; after making room it works.
set -u
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir "$work/disk"
if ! mount -t tmpfs -o size=2m tmpfs "$work/disk" 2>/dev/null; then
	echo "skipped: file systems can not be mounted here"
	exit 77
fi
trap 'umount "$work/disk"; rm -rf "$work"' EXIT
on a sync "$source/sample-data" >/dev/null 2>&1 || fail sync
on a export "$work/whole" >/dev/null || fail export
for left in 900 300 40 4 0; do
	room=$(df --output=avail -k "$work/disk" | tail -1)
	head -c $(((room - left) * 1024)) /dev/zero >"$work/disk/ballast" 2>/dev/null
	refused 'make room' a export "$work/disk/out"
	rm "$work/disk/ballast"
	[ -z "$(ls -A "$work/disk")" ] || fail "left over with $left KiB: $(ls -A "$work/disk")"
done
umount "$work/disk"
mount -t tmpfs -o size=20m tmpfs "$work/disk" || fail "more room"
on a export "$work/disk/out" >/dev/null || fail "after making room"
diff -r "$work/whole" "$work/disk/out" || fail "not the same"
echo "full: refused, nothing left over"
