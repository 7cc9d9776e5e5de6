#!/bin/sh
# both.sh HUDDLE SOURCE TEST [ARGUMENT...]: runs a test that was written for files on a
# server: TEST gets on-server in place of HUDDLE as its first argument.
set -eu
huddle=$1 source=$2 test=$3
shift 3
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
scratch=$(mktemp -d)
chmod 755 "$scratch"
trap 'pg_stop "$scratch/a"; rm -rf "$scratch"' EXIT
pg_make "$scratch/a" "max_connections = 40"
mkdir "$scratch/home"
# Some tests leave nothing of the environment, so it is in the program.
cat >"$scratch/on-server" <<END
#!/bin/sh
export HUDDLE_PROGRAM='$huddle' HUDDLE_PG_PORT='$pg_port' HUDDLE_PG_HOME='$scratch/home' \
	PATH='$pg_bin:$PATH'
exec '$source/tests/server/on-server' "\$@"
END
chmod +x "$scratch/on-server"
"$test" "$scratch/on-server" "$@"
