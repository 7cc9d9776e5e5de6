#!/bin/sh
# run.sh NAME PROGRAM FOLDER [SECONDS]: fuzz one target from its seeds with its
# dictionary, in a folder that keeps what it learns. A finding is told as hex.
set -eu
name=$1
program=$2
folder=$3
seconds=${4:-60}
here=$(dirname "$0")
mkdir -p "$folder/corpus"
rm -f "$folder"/found-*
set -- "$folder/corpus" "$here/seeds/$name"
[ "$name" != mapping ] || set -- "$@" "$here/../../src/sync/sources"

if "$program" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=1024 \
	-dict="$here/$name.dict" -artifact_prefix="$folder/found-" -print_final_stats=1 "$@" \
	>"$folder/log" 2>&1; then
	grep -E 'number_of_executed|new_units' "$folder/log"
	exit 0
fi
grep -vE "^#[0-9]" "$folder/log" | tail -n 40
for found in "$folder"/found-*; do
	[ -e "$found" ] || continue
	echo "$found:"
	od -An -v -w64 -tx1 "$found"
done
exit 1
