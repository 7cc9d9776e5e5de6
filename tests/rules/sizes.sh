#!/bin/sh
# sizes.sh TREE: files that can be read in one go, and none that knows the
# machine it was written on.
set -eu
cd "$1"
wrong=0

# longer MOST FOLDER PATTERN: name the files with more lines than MOST.
longer() {
	found=$(find "$2" -name "$3" -type f -exec wc -l {} + |
		awk -v most="$1" '$2 != "total" && $1 > most { printf "%s: %d lines, at most %d; divide it\n", $2, $1, most }')
	[ -z "$found" ] || {
		echo "$found"
		wrong=1
	}
}

longer 500 src '*.c'
longer 120 src '*.h'
longer 120 include '*.h'

# Folders of one machine or one person, and addresses of package servers. Zone
# files have their place on every system.
found=$(grep -rnE "(^|[^A-Za-z0-9_.\$}])/(tmp|home|root|work|Users|mnt|opt|srv|usr/local)/[A-Za-z0-9]|(deb|ftp|security)\.debian\.org" \
	src include cmake scripts .ci man themes completions CMakeLists.txt CMakePresets.json \
	README.md ARCHITECTURE.md CONTRIBUTING.md sample-data/README.md 2>/dev/null || true)
[ -z "$found" ] || {
	echo "$found"
	echo "a path or a host of one machine; use what the environment says, or mktemp"
	wrong=1
}

exit $wrong
