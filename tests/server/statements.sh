#!/bin/sh
# statements.sh HUDDLE SOURCE STATEMENTS: see statements.c; what it prints is an account.
set -eu
huddle=$1 source=$2 statements=$3
# shellcheck source=tests/server/pg.sh
. "$source/tests/server/pg.sh"
work=$(mktemp -d)
chmod 755 "$work"
trap 'pg_stop "$work/a"; rm -rf "$work"' EXIT
pg_make "$work/a"
sql owner postgres "CREATE DATABASE deals"
url=postgresql://owner@127.0.0.1:$pg_port/deals
XDG_DATA_HOME=$work "$huddle" server init "$url" >/dev/null
"$statements" "$url"
