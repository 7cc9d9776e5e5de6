#!/bin/sh
# includes-can-fail.sh TREE: the test of includes must find what is wrong. Each
# case adds one wrong line to a copy of the tree.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$1/src" "$1/include" "$work"
missed=0 cases=0

# Does the test name this place and say this?
expect() {
	cases=$((cases + 1))
	if ! "$rules/includes.sh" "$work" >"$work/said" && grep -qF "$1" "$work/said"; then
		return
	fi
	echo "not found: $1"
	missed=1
}

# wrong FILE LINE COMPLAINT: add LINE at the end of FILE, look, take it away.
wrong() {
	cp "$work/$1" "$work/kept"
	printf '%s\n' "$2" >>"$work/$1"
	expect "$1:$(wc -l <"$work/$1" | tr -d ' '): $3"
	mv "$work/kept" "$work/$1"
}

# A new file with one line.
wrong_file() {
	printf '%s\n' "$2" >"$work/$1"
	expect "$3"
	rm "$work/$1"
}

wrong src/base/str.c '#include "huddle/deal.h"' 'base may not include huddle/deal.h, which is of model'
wrong src/model/risk.c '#include "huddle/store.h"' 'model may not include huddle/store.h'
wrong src/model/risk.c '#include <time.h>' 'model may not include <time.h>'
wrong src/store/open.c '#  include "huddle/sync.h"' 'store may not include huddle/sync.h'
wrong src/sync/sync.c '#include <sqlite3.h>' 'sync may not include <sqlite3.h>'
wrong src/ui/term.c '#include "huddle/risk.h"' 'ui may not include huddle/risk.h'
wrong src/panes/deals.c '#include <curses.h>' 'panes may not include <curses.h>'
wrong src/panes/deals.c '#include "huddle/store.h"' 'panes may not include huddle/store.h'
wrong src/report/deals.c '#include "huddle/term.h"' 'report may not include huddle/term.h'
wrong src/app/loop.c '#include "huddle/cli.h"' 'app may not include huddle/cli.h'
wrong src/cli/help.c '#include "../store/sql.h"' '../store/sql.h is private to another room'
wrong src/cli/help.c '#include "sql.h"' 'sql.h is not in src/cli/'
wrong src/cli/help.c '#include "huddle/nothing.h"' 'huddle/nothing.h is in no room'
wrong src/main.c '#include "huddle/store.h"' 'main may not include huddle/store.h'
wrong src/base/str.c '#include <openssl/ssl.h>' '<openssl/ssl.h> is not known'
wrong src/base/str.c '#include NAME' 'an include whose name only the preprocessor knows'
wrong include/huddle/deal.h '#include "huddle/store.h"' 'model may not include huddle/store.h'
wrong include/huddle/store.h '#include "sql.h"' 'a public header may not include the private sql.h'
wrong include/huddle/report.h '#include <csv.h>' 'report may not include <csv.h>'
wrong_file include/huddle/orphan.h '#include <stddef.h>' 'include/huddle/orphan.h:1: belongs to no room'

[ "$missed" -eq 0 ] || exit 1
echo "all $cases wrong includes were found"
