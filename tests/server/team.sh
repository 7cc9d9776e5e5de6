#!/bin/sh
# team.sh HUDDLE SOURCE: a team on a real PostgreSQL, each with a copy of its own: what
# one writes the others see; everybody may do what their role may, and the server says so
# to psql as well; nobody writes the log.
set -eu
huddle=$1 source=$2
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
trap 'pg_stop "$work/a"; rm -rf "$work"' EXIT
pg_make "$work/a"
sql owner postgres "CREATE DATABASE deals"

# as NAME COMMAND...: on a machine of their own
as() {
	name=$1
	shift
	XDG_DATA_HOME=$work/home-$name HUDDLE_DB=postgresql://$name@127.0.0.1:$pg_port/deals \
		"$huddle" --today 2026-11-23 "$@"
}
# refused WORDS NAME COMMAND...: exit 1 and these words on standard error
refused() {
	words=$1
	shift
	as "$@" >"$work/out" 2>"$work/err" && fail "was let: $*"
	grep -q -- "$words" "$work/err" || fail "$*: $(cat "$work/err")"
}
# forged WORDS USER SQL
forged() {
	sql "$2" deals "$3" >"$work/out" 2>"$work/err" && fail "was let: $3"
	grep -q -- "$1" "$work/err" || fail "$3: $(cat "$work/err")"
}
deal=006Qm000000103yIAA

# ---- set-up ----
refused "server init" owner deals
as owner server init >/dev/null
as owner server init >/dev/null || fail "init a second time"
for person in ana:rep bob:rep leo:leader rita:revops; do
	as owner server add-user "${person%:*}" --role "${person#*:}" >/dev/null
done
sql owner deals "CREATE ROLE zoe LOGIN"
refused "permission\|tables\|let you" zoe deals
refused "revops, leader" owner server add-user eve --role boss
refused "not yours\|let you\|permission" ana server add-user eve --role leader
as ana deals >"$work/out" || fail "a server without facts"
grep -q "nothing synced" "$work/out" || fail "no facts: $(cat "$work/out")"

# ---- facts: RevOps alone syncs, all see the same ----
refused "RevOps, who sync" ana sync "$source/sample-data"
as rita sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1
"$huddle" --db "$work/file.db" --as rita sync --as-of 2026-11-20 "$source/sample-data" \
	>/dev/null 2>&1
for what in "deals --status all --json" "risk --json" "scorecard --json" \
	"attribution --json" "forecast --json" "changes --json"; do
	# shellcheck disable=SC2086
	as ana $what >"$work/there"
	# shellcheck disable=SC2086
	"$huddle" --db "$work/file.db" --today 2026-11-23 $what >"$work/here"
	cmp "$work/here" "$work/there" || fail "$what is another on the server"
done

# ---- records ----
as ana action add $deal "Send the case study" --due fri --owner ana >/dev/null 2>&1
as leo action list | grep -q "Send the case study" || fail "leo does not see it"
refused "let you" bob action "done" 1
as leo action "done" 1 >/dev/null
as ana action list --all | grep -q "done" || fail "ana does not see it done"
refused "leo has changed it" ana undo
as leo undo >/dev/null
as bob log | grep -q "taken back" || fail "what was undone is not marked elsewhere"
as leo review start >/dev/null
refused "leaders decide" rita review decide $deal hold --text "wait"
as leo review decide $deal hold --text "wait for legal" >/dev/null
as ana review show | grep -q "wait for legal" || fail "the decision is not seen"
as rita define export "$work/d.ini" >/dev/null
refused "RevOps" leo define load "$work/d.ini" --note "mine" --yes
as rita define load "$work/d.ini" --note "as agreed" --yes >/dev/null
as leo define sign >/dev/null 2>&1 || true
refused "reads\|--as" ana --as leo action list
lost=$(as ana deals --status lost --json | sed -n 's/^{"id":"\([^"]*\)".*/\1/p' | head -1)
printf 'outcome = competitor\ncompetitor = Velorin\nreason = price: terms or packaging\n' |
	as ana debrief "$lost" --from - >/dev/null
as bob themes --json | grep -q Velorin || fail "the debrief is not seen"
refused "let you" bob debrief "$lost" --from - <<'END'
outcome = competitor
competitor = Other
reason = price: terms or packaging
END

as ana status | grep -q "Records in deals on 127.0.0.1" || fail "status does not name the server"

# ---- the copies are as the log has them, and the log is the same everywhere ----
for name in ana bob leo rita; do
	as $name check >"$work/out" || fail "$name: $(cat "$work/out")"
	db=$(ls "$work/home-$name"/huddle/servers/*/huddle.db)
	sqlite3 "$db" "SELECT * FROM change_log ORDER BY seq" >"$work/log-$name"
	cmp "$work/log-ana" "$work/log-$name" || fail "the log of $name is another"
done
sql owner deals "SELECT seq, op_id, at, person, what, deal_id, table_name, row_key,
	old_row, new_row, undoes, undone, batch FROM main.change_log ORDER BY seq" >"$work/log"
cmp "$work/log" "$work/log-ana" || fail "the server's log is another"

# ---- forging ----
new="1, 'd', 'sales', 'ana', 'x', NULL, 'open', NULL, '2026', 'leo', 0, NULL, NULL"
forged "permission denied" ana "UPDATE main.change_log SET person = 'leo'"
forged "permission denied" rita "DELETE FROM main.change_log"
forged "permission denied" ana "INSERT INTO main.change_log(seq, op_id, at, person, what,
	table_name, row_key) VALUES(999, 'x', 'x', 'leo', 'x', 'action', '1')"
forged "not yours" ana "INSERT INTO main.action VALUES(99, $new)"
forged "row-level security" ana "INSERT INTO main.action VALUES(99, 1, 'd', 'sales', 'leo',
	'x', NULL, 'open', NULL, '2026', 'leo', 0, NULL, NULL)"
forged "same moment" ana "INSERT INTO main.action VALUES(99, 7, 'd', 'sales', 'ana', 'x',
	NULL, 'open', NULL, '2026', 'ana', 0, NULL, NULL)"
forged "same moment" ana "UPDATE main.action SET text = 'y' WHERE id = 1"
forged "not yours" ana "UPDATE main.action SET created_by = 'leo', rev = rev + 1, owner = 'ana' WHERE id = 1"
[ -z "$(sql bob deals "UPDATE main.action SET text = 'y', rev = rev + 1 RETURNING id")" ] ||
	fail "bob wrote what is ana's"
forged "permission denied" ana "DELETE FROM main.action"
forged "permission denied" ana "TRUNCATE main.action"
forged "row-level security" ana "INSERT INTO main.decision VALUES('1/x', 1, 1, 'x', 'hold',
	'x', NULL, 'ana', '2026', 0)"
forged "row-level security" rita "INSERT INTO main.signature VALUES('1/cmo', 1, 1, 'cmo',
	'rita', '2026', 0)"
forged "row-level security" leo "INSERT INTO main.definition VALUES(9, 1, 'x', 'x', 'leo',
	'2026', 0)"
forged "permission denied" ana "INSERT INTO main.generation VALUES(9, 'x', 'x', 'ana', 0, 1)"
forged "permission denied" ana "DELETE FROM main.piece"
forged "permission denied" ana "SET ROLE huddle_leader"
forged "must be owner" ana "ALTER TABLE main.action DISABLE ROW LEVEL SECURITY"
