# shellcheck shell=sh
# A real PostgreSQL for a test, on loopback, in a folder that goes away with the test.
# Read with ". pg.sh"; as root it runs as the account postgres, which it insists on.

pg_bin=$(find /usr/lib/postgresql -name bin -type d 2>/dev/null | sort -V | tail -1)
[ -n "$pg_bin" ] || { echo "PostgreSQL is not installed"; exit 1; }

fail() {
	echo "FAILED: $*"
	exit 1
}
unset HUDDLE_DB

as_pg() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

# pg_make FOLDER [SETTING...]: a new cluster that is running, on a port that is free:
# pg_port. Its superuser is "owner", and everybody who says who they are is let in.
pg_make() {
	pg_folder=$1
	shift
	mkdir -p "$pg_folder"
	[ "$(id -u)" != 0 ] || chown postgres "$pg_folder"
	as_pg "$pg_bin/initdb" -D "$pg_folder/data" -U owner -A trust -E UTF8 \
		--locale=C.UTF-8 --no-sync >"$pg_folder.log" 2>&1
	{
		echo "listen_addresses = '127.0.0.1'"
		echo "unix_socket_directories = '$pg_folder'"
		echo "fsync = off"
		for pg_setting; do echo "$pg_setting"; done
	} | as_pg tee -a "$pg_folder/data/postgresql.conf" >/dev/null
	pg_on_free_port "$pg_folder"
}

# Start it on the first port that it can have.
pg_on_free_port() {
	pg_port=$((20000 + $$ % 20000))
	until echo "port = $pg_port" | as_pg tee -a "$1/data/postgresql.conf" >/dev/null &&
		pg_start "$1" 2>/dev/null; do
		pg_port=$((pg_port + 7))
		[ $pg_port -lt 45000 ] || { cat "$1/server.log"; exit 1; }
	done
}

# sql USER DATABASE TEXT...: by psql, as that user
sql() {
	sql_user=$1 sql_database=$2
	shift 2
	for sql_text; do
		"$pg_bin/psql" -h 127.0.0.1 -p "$pg_port" -U "$sql_user" -X -q -t -A \
			-v ON_ERROR_STOP=1 -c "$sql_text" "$sql_database"
	done
}

pg_start() {
	as_pg "$pg_bin/pg_ctl" -D "$1/data" -l "$1/server.log" -w -s start
}

pg_stop() {
	as_pg "$pg_bin/pg_ctl" -D "$1/data" -m immediate -s stop 2>/dev/null || true
}
