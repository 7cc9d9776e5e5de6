#!/bin/sh
# install.sh CMAKE BUILD SOURCE: install into a new folder; everything is in its
# place, nothing else is, and the installed program works by itself.
set -eu
cmake=$1 build=$2 source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
"$cmake" --install "$build" --prefix "$prefix" >/dev/null

wrong=0
fail() {
	echo "$*"
	wrong=1
}

# What there must be, by what is in the source tree.
{
	echo bin/huddle
	echo libexec/huddle/huddle-deck
	echo share/man/man1/huddle.1
	echo share/bash-completion/completions/huddle
	echo share/zsh/site-functions/_huddle
	echo share/fish/vendor_completions.d/huddle.fish
	for file in "$source"/themes/*.theme; do
		echo "share/huddle/themes/$(basename "$file")"
	done
	for file in "$source"/src/sync/sources/*.ini; do
		echo "share/huddle/sources/$(basename "$file")"
	done
} | sort >"$work/wanted"
(cd "$prefix" && find . -type f) | sed 's/^\.\///' | sort >"$work/installed"
comm -23 "$work/wanted" "$work/installed" | sed 's/^/not installed: /' >"$work/said"
comm -13 "$work/wanted" "$work/installed" | sed 's/^/installed, but why? /' >>"$work/said"
[ ! -s "$work/said" ] || fail "$(cat "$work/said")"

cmp -s "$source/man/huddle.1" "$prefix/share/man/man1/huddle.1" || fail "the manual differs"

# Away from the tree, with a home of its own and hardly an environment.
mkdir "$work/home"
cd "$work/home"
alone() {
	env -i HOME="$work/home" PATH="$PATH" LC_ALL=C.UTF-8 "$prefix/bin/huddle" "$@"
}
version=$(sed -n 's/^project(huddle VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")
[ "$(alone --version)" = "huddle $version" ] ||
	fail "--version says \"$(alone --version)\", not \"huddle $version\""
alone help >/dev/null || fail "huddle help does not work"
alone sync --as-of 2026-11-20 "$source/sample-data" >/dev/null ||
	fail "the installed program can not load the sample data"
alone --today 2026-11-23 deals --limit 1 >/dev/null || fail "and can not list it"
alone --today 2026-11-23 deck --out "$work/home/d.pdf" >/dev/null || fail "and can not draw a deck"

exit $wrong
