#!/bin/sh
# calls.sh LIBRARY...: who calls whom, as the linker sees it. Each LIBRARY is
# libROOM.a; the table in rooms says what a room may use of others and of the
# system.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for library; do
	room=$(basename "$library" .a)
	room=${room#lib}
	nm "$library" 2>/dev/null | awk -v room="$room" '
		NF == 2 && $1 == "U" { print "uses", room, $2 }
		NF == 3 && $2 ~ /[TDBRCV]/ { print "has", room, $3 }'
done | sort -u >"$work/symbols"

awk '
function fail(what) {
	print what
	wrong++
}
NR == FNR {
	if (/^[ \t]*(#|$)/)
		next
	kind = $1
	name = $2
	sub(/:$/, "", name)
	if (kind == "room")
		may[name, name] = rooms[name] = 1
	if (kind == "calls")
		for (pair in may) {
			split(pair, part, SUBSEP)
			if (part[1] == name && part[2] != name)
				delete may[pair]
		}
	if (kind == "system")
		system_call[name] = 1
	for (i = 3; i <= NF; i++) {
		if (kind == "room" || kind == "calls")
			may[name, $i] = 1
		else if (kind == "system")
			may_call[name, $i] = 1
	}
	next
}
$1 == "has" && ($3 in home) && home[$3] != $2 {
	fail($3 " is in " home[$3] " and in " $2 "; one name, one room")
}
$1 == "has" { home[$3] = $2 }
$1 == "uses" { uses[$2, $3] = 1 }
END {
	for (pair in uses) {
		split(pair, part, SUBSEP)
		room = part[1]
		symbol = part[2]
		if (symbol in home) {
			calls++
			if (!((room, home[symbol]) in may))
				fail(room " may not use " symbol "(), which is of " home[symbol])
		} else if ((symbol in system_call) && !((symbol, room) in may_call))
			fail(room " may not call " symbol "()")
	}
	if (!calls)
		fail("no calls were found; were the libraries named?")
	if (wrong)
		exit 1
	print calls " uses of other rooms are right"
}' "$rules/rooms" "$work/symbols"
