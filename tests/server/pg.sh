# shellcheck shell=sh
# A real PostgreSQL for a test, on loopback, in a folder that goes away with the test.
# Read with ". pg.sh"; as root it runs as the account postgres, which it insists on.

pg_bin=$(find /usr/lib/postgresql -name bin -type d 2>/dev/null | sort -V | tail -1)
[ -n "$pg_bin" ] || { echo "PostgreSQL is not installed"; exit 1; }

as_pg() {
	if [ "$(id -u)" = 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

# A port that nobody listens on: asked of the kernel.
free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# pg_make FOLDER PORT [SETTING...]: a new cluster that is running; owner is its
# superuser, and everybody who says who they are is let in.
pg_make() {
	pg_folder=$1 pg_port=$2
	shift 2
	mkdir -p "$pg_folder"
	[ "$(id -u)" != 0 ] || chown postgres "$pg_folder"
	as_pg "$pg_bin/initdb" -D "$pg_folder/data" -U owner -A trust -E UTF8 \
		--locale=C.UTF-8 --no-sync >"$pg_folder.log" 2>&1
	{
		echo "port = $pg_port"
		echo "listen_addresses = '127.0.0.1'"
		echo "unix_socket_directories = '$pg_folder'"
		echo "fsync = off"
		for pg_setting; do echo "$pg_setting"; done
	} | as_pg tee -a "$pg_folder/data/postgresql.conf" >/dev/null
	pg_start "$pg_folder"
}

pg_start() {
	as_pg "$pg_bin/pg_ctl" -D "$1/data" -l "$1/server.log" -w -s start
}

pg_stop() {
	as_pg "$pg_bin/pg_ctl" -D "$1/data" -m immediate -s stop 2>/dev/null || true
}
