#!/bin/sh
# agree.sh HUDDLE TELL SOURCE: the program's tables, its help, the manual, the
# README and the completions speak of the same commands, options, keys, settings
# and fields. With UPDATE=1 the pieces of the manual that come from tables are
# written anew, the completions, and the screen that README.md shows.
set -eu
rules=$(cd "$(dirname "$0")" && pwd)
huddle=$1 tell=$2
cd "$3"
manual=man/huddle.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# differ WHAT WANTED FOUND: two lists that should be one.
differ() {
	if ! diff -u "$2" "$3" >"$work/diff"; then
		echo "$1 (-: the program, +: the paper):"
		sed 1,2d "$work/diff"
		wrong=1
	fi
}

# What stands in the manual between ".\" START" and ".\" END".
piece() {
	sed -n "/^\\.\\\\\" $1\$/,/^\\.\\\\\" $2\$/p" "$manual" | sed '1d;$d'
}

# 1. Pieces of the manual that come from tables.
for what in keys settings rules fields debrief roles; do
	"$tell" "$what" >"$work/$what"
	if [ -n "${UPDATE-}" ]; then
		awk -v piece="$work/$what" -v start=".\\\\\" TOLD $what" -v end=".\\\\\" END $what" '
			$0 == end { kept = 1; skip = 0 }
			!skip { print }
			$0 == start { skip = 1; while ((getline line < piece) > 0) print line }
			END { exit !kept }' "$manual" >"$work/manual"
		cat "$work/manual" >"$manual"
	fi
	piece "TOLD $what" "END $what" >"$work/$what.paper"
	differ "$what of the manual (UPDATE=1 writes them)" "$work/$what" "$work/$what.paper"
done

# 2. Lists in the manual that people write.
names() {
	sed -n 's/^\.Cm \([^ ]*\).*/\1/p' | sort
}
"$tell" sources | sort >"$work/sources"
piece SOURCES "END SOURCES" | names >"$work/sources.paper"
differ "built-in sources of the manual" "$work/sources" "$work/sources.paper"
for theme in themes/*.theme; do
	basename "$theme" .theme
done | sort >"$work/themes"
piece THEMES "END THEMES" | names >"$work/themes.paper"
differ "built-in themes of the manual" "$work/themes" "$work/themes.paper"

# The points of slip risk: {"pushes", "times pushed", {0, 16, 24}, ...
tr -s '\n\t ' ' ' <src/model/risk.c |
	grep -o '{"[a-z_]*", "[^"]*", {0, [0-9]*, [0-9]*' |
	sed 's/^{"\([a-z_]*\)", "[^"]*", {0, \([0-9]*\), \([0-9]*\)/\1 \2 \3/' >"$work/points"
piece POINTS "END POINTS" | sed 's/^\.It //; s/ Ta / /g' >"$work/points.paper"
differ "points of slip risk in the manual" "$work/points" "$work/points.paper"

# 3. Commands and options: the manual, section COMMANDS and the global ones.
"$tell" commands | sort >"$work/commands"
awk '
function args(from,    i, out, open) {
	for (i = from; i <= NF; i++) {
		if ($i == "Ar")
			continue
		if ($i == "Oc")
			out = out "]"
		else if ($i == "Op" || $i == "Oo")
			open = $i == "Op" ? 1 : 2
		else {
			out = out " " (open ? "[" : "") $i (open == 1 ? "]" : "")
			open = 0
		}
	}
	return out
}
/^\.S[hs] / { section = $0; command = "" }
section == ".Sh COMMANDS" && /^\.It Ic / {
	command = ""
	for (i = 3; i <= NF && $i != "Ar" && $i != "Op" && $i != "Oo"; i++)
		command = command (i > 3 ? " " : "") $i
	print "command\t" command args(i)
}
section == ".Ss Options" && /^\.It Fl / { print "option\t-\t" substr($3, 2) }
section == ".Sh COMMANDS" && /^\.It Fl / { print "option\t" command "\t" substr($3, 2) }
' "$manual" | sort >"$work/commands.paper"
differ "commands and options of the manual" "$work/commands" "$work/commands.paper"

# 4. The README's table: | `action add DEAL TEXT...` | what it does |
grep '^command' "$work/commands" | cut -f 2 | sort >"$work/readme"
# shellcheck disable=SC2016 # no command, but Markdown
sed -n 's/^| `\([^`]*\)` |.*/\1/p' README.md | sed 's/\\|/|/g' | sort >"$work/readme.paper"
differ "table of commands in README.md" "$work/readme" "$work/readme.paper"

# 5. The program's own help.
tab=$(printf '\t')
"$huddle" help >"$work/help"
while IFS=$tab read -r kind of name; do
	case $kind$of in
	command*) wanted="  $of " from=$work/help ;;
	option-) wanted="  --$name " from=$work/help ;;
	option*)
		wanted="  --$name " from=$work/help.command
		"$huddle" help "$of" >"$from"
		;;
	esac
	awk -v wanted="$wanted" 'index($0, wanted) == 1 { found = 1 } END { exit !found }' "$from" || {
		echo "huddle help does not tell of: $of $name"
		wrong=1
	}
done <"$work/commands"

# 6. The help on the screen.
HUDDLE_DB=$work/none.db XDG_CONFIG_HOME=$work LC_ALL=C.UTF-8 \
	"$huddle" --today 2026-11-23 --keys '?' --screen 200x200 >"$work/help"
"$tell" titles >"$work/titles"
while read -r title; do
	grep -qF "$title" "$work/help" || {
		echo "? does not list: $title"
		wrong=1
	}
done <"$work/titles"

# 7. The README's screen.
"$rules/picture.sh" "$huddle" . >"$work/screen"
if [ -n "${UPDATE-}" ]; then
	awk -v screen="$work/screen" '
		/^<!-- end of screen/ { print "```"; skip = 0 }
		!skip { print }
		/^<!-- screen:/ {
			skip = 1
			print "```text"
			while ((getline line < screen) > 0)
				print line
		}' README.md >"$work/readme.md"
	cat "$work/readme.md" >README.md
fi
sed -n '/^<!-- screen:/,/^<!-- end of screen/p' README.md | sed '1,2d;$d' | sed '$d' >"$work/screen.paper"
differ "the screen in README.md (UPDATE=1 paints it anew)" "$work/screen" "$work/screen.paper"

# 8. Completions are what the program makes.
for pair in bash:huddle.bash zsh:_huddle fish:huddle.fish; do
	shell=${pair%%:*} file=completions/${pair#*:}
	"$huddle" completion "$shell" >"$work/completion"
	[ -z "${UPDATE-}" ] || cat "$work/completion" >"$file"
	differ "$file (huddle completion $shell makes it)" "$work/completion" "$file"
done

exit $wrong
