# shellcheck shell=sh disable=SC2034 # variables are used by those who read this
# What scripts/demo and scripts/test share: the packages, the build folders and
# how to say what went wrong. Read with ". scripts/lib.sh" from the top of the
# tree. Everything here speaks on standard error, so that what a script prints
# can be piped.

# To build huddle.
build_packages="build-essential cmake ninja-build pkg-config
	libncurses-dev libsqlite3-dev libcsv-dev libutf8proc-dev libcjson-dev
	libxxhash-dev libical-dev libpango1.0-dev libxlsxwriter-dev
	libpq-dev libzstd-dev"

# To run it: time zones are read from the system's zone files, and ncurses-term
# describes the terminals that ncurses-base does not; a deck is written in DejaVu.
run_packages="tzdata ncurses-base ncurses-term fonts-dejavu-core"

# To test it: Criterion runs the unit tests, libvterm is the terminal of the
# screen tests and tmux that of those with several people, strace makes system
# calls fail, sqlite3 looks into databases from outside, PostgreSQL is the server
# of the tests of one; poppler, Chromium, pandoc and Gnumeric open decks, some of
# them in Chinese; the others read the source, the manual and the scripts.
test_packages="libcriterion-dev libvterm-dev strace sqlite3 jq
	poppler-utils chromium pandoc gnumeric unzip fonts-noto-cjk postgresql tmux openssl
	clang-format clang-tidy mandoc shellcheck"

# To fuzz it, which is left out where these can not be had.
fuzz_packages="clang libclang-rt-14-dev"

say() {
	printf '%s\n' "$*" >&2
}

fail() {
	say "$(basename "$0"): $*"
	exit 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		env "$@"
	elif command -v sudo >/dev/null; then
		sudo env "$@"
	else
		fail "packages are missing and neither root nor sudo is at hand; as root, run: apt-get install $missing"
	fi
}

# The packages among those given that are not installed.
missing_packages() {
	for package; do
		status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=
		[ "$status" = installed ] || printf '%s ' "$package"
	done
}

# Install what is missing of the packages given; nothing else is touched, and
# with all of them there this takes a fraction of a second.
need_packages() {
	if ! command -v dpkg-query >/dev/null; then
		say "This is no Debian system, so nothing is installed. Needed, by Debian's names:" "$@"
		return
	fi
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	say "Installing: $missing"
	# A broken source of other packages must not stand in the way of these.
	as_root apt-get update -q >&2 || say "The package lists are not up to date; going on with what is known."
	# shellcheck disable=SC2086 # one word each
	as_root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
		-o DPkg::Lock::Timeout=300 $missing >&2 </dev/null ||
		fail "the packages above could not be installed; install them and run this again"
}

# Is build/PRESET ready to build in, and made for this very tree?
configured() {
	[ -e "build/$1/build.ninja" ] &&
		grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$(pwd -P)" "build/$1/CMakeCache.txt"
}

# Configure build/PRESET with the CMake options that follow. A folder that was
# made for a tree elsewhere is of no use and made anew.
configure() {
	preset=$1
	shift
	configured "$preset" || rm -rf "build/$preset"
	cmake --preset "$preset" "$@" >&2 || fail "CMake could not configure build/$preset (see above)"
}
