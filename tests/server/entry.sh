#!/bin/sh
# entry.sh HUDDLE SOURCE: getting in: passwords, TLS that checks whose server it is, and a
# clear line for all that can be wrong with an address or a server.
set -eu
huddle=$1 source=$2
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
trap 'pg_stop "$work/a"; rm -rf "$work"' EXIT
export XDG_DATA_HOME="$work/home" HOME="$work"
export PGPASSFILE="$work/pass"
unset PGPASSWORD PGHOST PGPORT PGUSER 2>/dev/null || true

# ---- a server with TLS whose name is localhost ----
openssl req -new -x509 -days 30 -nodes -subj "/CN=localhost" \
	-addext "subjectAltName = DNS:localhost" \
	-out "$work/root.crt" -keyout "$work/server.key" 2>/dev/null
openssl req -new -x509 -days 30 -nodes -subj "/CN=other" -out "$work/other.crt" \
	-keyout "$work/other.key" 2>/dev/null
mkdir "$work/tls"
cp "$work/root.crt" "$work/server.key" "$work/tls"
chmod 600 "$work/tls/server.key"
[ "$(id -u)" != 0 ] || chown -R postgres "$work/tls"
pg_make "$work/a" "ssl = on" "ssl_cert_file = '$work/tls/root.crt'" \
	"ssl_key_file = '$work/tls/server.key'" "password_encryption = scram-sha-256"
sql owner postgres "CREATE DATABASE deals" "CREATE DATABASE empty" \
	"CREATE ROLE ana LOGIN PASSWORD 'right'" "CREATE ROLE eve LOGIN"
as_pg tee "$work/a/data/pg_hba.conf" >/dev/null <<'END'
hostssl all ana all scram-sha-256
hostnossl all ana all reject
host all all all trust
END
sql owner postgres "SELECT pg_reload_conf()" >/dev/null
sleep 0.3

# refused STATUS WORDS URL COMMAND...
refused() {
	status=0
	"$huddle" --db "$3" deals >"$work/out" 2>"$work/err" || status=$?
	[ $status = "$1" ] || fail "$3: status $status; $(cat "$work/err")"
	grep -q -- "$2" "$work/err" || fail "$3: $(cat "$work/err")"
	[ "$(wc -l <"$work/err")" = 1 ] || fail "$3: more than a line: $(cat "$work/err")"
	! grep -q "right\|wrong" "$work/err" || fail "a password is in $(cat "$work/err")"
}
at=127.0.0.1:$pg_port
"$huddle" server init "postgresql://owner@$at/deals" >/dev/null

refused 2 "leave the password out" "postgresql://ana:wrong@$at/deals"
refused 2 "can not be read" "postgresql://ana@$at/deals?sslmod=require"
refused 1 "password" "postgresql://ana@$at/deals?sslmode=require"
echo "*:*:*:ana:wrong" >"$PGPASSFILE"
chmod 600 "$PGPASSFILE"
refused 1 "password authentication failed" "postgresql://ana@$at/deals?sslmode=require"
echo "*:*:*:ana:right" >"$PGPASSFILE"
refused 1 "role in huddle\|permission\|let you" "postgresql://ana@$at/deals?sslmode=require"
"$huddle" --db "postgresql://owner@$at/deals" server add-user ana --role rep >/dev/null
refused 1 "does not exist" "postgresql://owner@$at/nowhere"
refused 1 "does not exist" "postgresql://nobody@$at/deals"
refused 1 "huddle server init" "postgresql://owner@$at/empty"
refused 1 "refused" "postgresql://ana@127.0.0.1:1/deals"
refused 1 "could not translate" "postgresql://ana@no.such.host.invalid/deals"
refused 1 "permission\|role in huddle\|let you" "postgresql://eve@$at/deals"

# ---- TLS ----
good="postgresql://ana@localhost:$pg_port/deals?sslmode=verify-full&sslrootcert=$work/root.crt"
"$huddle" --db "$good" deals >/dev/null 2>"$work/err" || fail "TLS: $(cat "$work/err")"
[ "$(sql owner deals "SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING(pid)
	WHERE ssl AND usename = 'ana'")" = 0 ] || fail "a connection stayed"
refused 1 "certificate verify failed" \
	"postgresql://ana@localhost:$pg_port/deals?sslmode=verify-full&sslrootcert=$work/other.crt"
refused 1 "does not match" \
	"postgresql://ana@$at/deals?sslmode=verify-full&sslrootcert=$work/root.crt"
refused 1 "pg_hba.conf" "postgresql://ana@$at/deals?sslmode=disable"

# ---- a new cluster, of a restore or of another major version, begins its timelines anew ----
sed -i 's/^timeline = .*/timeline = 00000009/' "$XDG_DATA_HOME"/huddle/servers/*/server
refused 0 "is behind" "$good"
sed -i 's/^system = .*/system = 1/' "$XDG_DATA_HOME"/huddle/servers/*/server
"$huddle" --db "$good" deals >/dev/null 2>"$work/err" || fail "new cluster: $(cat "$work/err")"
[ ! -s "$work/err" ] || fail "new cluster: $(cat "$work/err")"

# ---- a server with the tables of another huddle, and one that is away ----
"$huddle" --db "$good" deals >/dev/null 2>&1
sql owner deals "UPDATE main.huddle SET version = 99"
refused 1 "newer huddle" "$good"
sql owner deals "UPDATE main.huddle SET version = 1"
pg_stop "$work/a"
"$huddle" --db "$good" deals >"$work/out" 2>"$work/err" || fail "nothing to read while away"
grep -q "known here before" "$work/err" || fail "away: $(cat "$work/err")"
"$huddle" --db "$good" pin x >/dev/null 2>"$work/err" && fail "pinned while away"
exit 0
