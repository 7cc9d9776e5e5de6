#!/bin/sh
# includes.sh TREE: who includes whom, against the table in rooms.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)
cd "$1"
# shellcheck disable=SC2046 # names without blanks
exec awk -f "$rules/includes.awk" "$rules/rooms" $(find src include -name '*.[ch]' -type f | sort)
