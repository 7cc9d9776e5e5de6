#!/bin/sh
# failover.sh HUDDLE SOURCE kill|freeze: eight people write while the primary is killed, or
# stands still, and its standby takes over: nothing that was acknowledged is lost, nothing is there twice,
# and those who write need not do anything. The old primary, back with all it had, is not
# believed.
set -eu
huddle=$1 source=$2 fault=$3
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
cleanup() {
	touch "$work/stop"
	signal CONT || true
	pg_stop "$work/a"
	pg_stop "$work/b"
	wait
	rm -rf "$work"
}
# signal NAME: to all processes of the primary
signal() {
	first=$(head -1 "$work/a/data/postmaster.pid" 2>/dev/null) || return 1
	for pid in "$first" $(cat "/proc/$first/task/$first/children" 2>/dev/null); do
		kill -"$1" "$pid" 2>/dev/null || true
	done
}
trap cleanup EXIT

# ---- a primary and a standby that has to confirm each write ----
pg_make "$work/a" "wal_level = replica" "max_wal_senders = 4" "wal_log_hints = on"
a_port=$pg_port
sql owner postgres "CREATE DATABASE deals" "CREATE ROLE copier LOGIN REPLICATION"
mkdir "$work/b"
[ "$(id -u)" != 0 ] || chown postgres "$work/b"
as_pg "$pg_bin/pg_basebackup" -h 127.0.0.1 -p "$a_port" -U copier -D "$work/b/data" -R -X stream -c fast \
	-d "host=127.0.0.1 port=$a_port user=copier application_name=b" >/dev/null
echo "unix_socket_directories = '$work/b'" | as_pg tee -a "$work/b/data/postgresql.conf" >/dev/null
pg_on_free_port "$work/b"
b_port=$pg_port
pg_port=$a_port
sql owner postgres "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (b)'" "SELECT pg_reload_conf()" >/dev/null
until [ "$(sql owner postgres "SELECT sync_state FROM pg_stat_replication")" = quorum ]; do
	sleep 0.1
done

as() {
	name=$1
	shift
	XDG_DATA_HOME=$work/home-$name \
		HUDDLE_DB="postgresql://$name@127.0.0.1:$a_port,127.0.0.1:$b_port/deals" \
		"$huddle" --today 2026-11-23 "$@"
}
as owner server init >/dev/null
as owner server add-user rita --role revops >/dev/null
as rita sync --as-of 2026-11-20 "$source/sample-data" >/dev/null 2>&1

# ---- no standby to confirm: it is said, and it is there once ----
pg_stop "$work/b"
as rita action add 006Qm000000103yIAA "unconfirmed" --owner rita >/dev/null 2>"$work/err" &&
	fail "acknowledged without a standby"
grep -q "can not be told" "$work/err" || fail "without a standby: $(cat "$work/err")"
pg_start "$work/b"
until [ "$(sql owner postgres "SELECT sync_state FROM pg_stat_replication")" = quorum ]; do
	sleep 0.1
done
[ "$(sql rita deals "SELECT count(*) FROM main.action WHERE text = 'unconfirmed'")" = 1 ] ||
	fail "unconfirmed is not there once"

# ---- eight who write ----
writer() {
	n=0
	: >"$work/said-$1"
	while [ ! -e "$work/stop" ]; do
		n=$((n + 1))
		if as "w$1" action add 006Qm000000103yIAA "write $n of w$1" >/dev/null 2>"$work/err-$1"; then
			echo "$(date +%s%3N) write $n of w$1" >>"$work/said-$1"
		fi
	done
}
for i in 1 2 3 4 5 6 7 8; do
	as owner server add-user "w$i" --role rep >/dev/null
done
for i in 1 2 3 4 5 6 7 8; do
	writer $i &
done
sleep 3
case $fault in
kill) kill -9 "$(head -1 "$work/a/data/postmaster.pid")" ;;
freeze) signal STOP ;;
esac
sleep 1
as_pg "$pg_bin/pg_ctl" -D "$work/b/data" -w -s promote
case $fault in
kill) sleep 6 ;;
freeze) sleep 14 ;;
esac
touch "$work/stop"
wait

# ---- what came of it ----
pg_port=$b_port
cat "$work"/said-* | sort -n >"$work/said"
sql rita deals "SELECT text FROM main.action" | sort >"$work/there"
cut -d' ' -f2- "$work/said" | sort >"$work/acknowledged"
lost=$(comm -23 "$work/acknowledged" "$work/there" | wc -l)
doubled=$(uniq -d "$work/there" | wc -l)
gap=$(awk 'NR > 1 && $1 - last > gap { gap = $1 - last } { last = $1 } END { print gap }' "$work/said")
echo "acknowledged $(wc -l <"$work/said"), lost $lost, doubled $doubled, longest gap $gap ms"
[ "$lost" = 0 ] || fail "lost: $(comm -23 "$work/acknowledged" "$work/there" | head -3)"
[ "$doubled" = 0 ] || fail "doubled: $(uniq -d "$work/there" | head -3)"
[ "$(awk -v at="$(stat -c %Y "$work/b/data/backup_label.old")" 'END { print NR }' "$work/said")" -gt 20 ] ||
	fail "hardly anything was written"
as w1 check >/dev/null || fail "the copy of w1 is not as its log"

# ---- the old primary is back, first in the list, and is not believed ----
last=$(sql rita deals "SELECT max(seq) FROM main.change_log")
[ "$fault" = kill ] || { signal CONT; pg_stop "$work/a"; }
as_pg sed -i "s/^synchronous_standby_names.*//" "$work/a/data/postgresql.auto.conf"
pg_start "$work/a"
as w1 action add 006Qm000000103yIAA "after all" >/dev/null 2>&1 || fail "no write after it"
[ "$(sql rita deals "SELECT max(seq) FROM main.change_log")" = $((last + 1)) ] ||
	fail "the write went elsewhere"
pg_stop "$work/b"
as w1 action add 006Qm000000103yIAA "to the old one" >/dev/null 2>"$work/err" &&
	fail "it wrote to the old primary"
grep -q "behind\|refused" "$work/err" || fail "old primary: $(cat "$work/err")"
as w1 action list >"$work/out" 2>"$work/err" || fail "nothing to read: $(cat "$work/err")"
grep -q "after all" "$work/out" || fail "what was known is not shown"
