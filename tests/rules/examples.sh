#!/bin/sh
# examples.sh HUDDLE SOURCE: what README.md and the manual show as examples works
# as they show it.
set -eu
huddle=$1
cd "$2"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HUDDLE_DB="$work/huddle.db" XDG_CONFIG_HOME="$work/config" LC_ALL=C.UTF-8
at() {
	"$huddle" --today 2026-11-23 "$@"
}
fail() {
	echo "$*"
	exit 1
}

# The mapping files: exports as they describe them load without a reject.
# shellcheck disable=SC2016 # no command, but Markdown
sed -n '/^```ini$/,/^```$/{/^```/d;p;}' README.md >"$work/readme.ini"
sed -n '/^\[source\]$/,/^\.Ed$/p' man/huddle.1 | sed '$d' >"$work/manual.ini"
mkdir "$work/exports"
cat >"$work/exports/Opportunity 2026.csv" <<'END'
Topic,Created On,Owner,Potential Customer,Sales Stage,Status,Est. revenue,Est. close date,Next Step,Region
Payroll for 40 sites,3/27/2026,Ana Ruiz,Acme,Develop,Open,"$240,000",11/28/2026,Legal review,West
Time clocks,5/2/2026,Tom Beck,Globex,Close,Won,"$95,000.50",9/12/2026,,East
Scratch,5/2/2026,Tom Beck,Globex,Qualify,Test,1,9/12/2026,,East
END
cat >"$work/exports/Activities.csv" <<'END'
Activity Type,Subject,Regarding,Owner,Due Date,Created On
Phone Call,Pricing,Payroll for 40 sites,Ana Ruiz,11/5/2026 2:30 PM,11/1/2026 9:00 AM
Appointment,Demo,Payroll for 40 sites,Ana Ruiz,,11/3/2026 9:00 AM
END
for ini in readme manual; do
	[ -s "$work/$ini.ini" ] || fail "the $ini shows no mapping file"
	at sync --dry-run --source "$work/$ini.ini" "$work/exports" >"$work/said" 2>&1 ||
		fail "the mapping of the $ini: $(cat "$work/said")"
done
mkdir -p "$work/config/huddle/sources"
cp "$work/readme.ini" "$work/config/huddle/sources/contoso.ini"
at sync --source contoso "$work/exports" >"$work/said" 2>&1 ||
	fail "--source contoso: $(cat "$work/said")"
at deals --status all --json >"$work/deals"
for wanted in '"count":2' '"amount":240000' '"amount":95000.5' '"status":"won"' \
	'"close_date":"2026-11-28"' '"activities":2'; do
	grep -qF "$wanted" "$work/deals" || fail "no $wanted in $(cat "$work/deals")"
done
at show Payroll --json | grep -qF '"when":"2026-11-05T20:30:00Z"' ||
	fail "a time in America/Chicago is not read as such"

# The debrief of the manual's example, on the sample data.
rm "$work"/huddle.db*
at sync --as-of 2026-11-20 sample-data >/dev/null
sed -n '/^huddle debrief .*<<.END.$/,/^END$/p' man/huddle.1 >"$work/debrief"
[ -s "$work/debrief" ] || fail "the manual shows no debrief"
(
	# shellcheck disable=SC2317,SC1091 # what the manual's lines call
	huddle() {
		at "$@"
	}
	# shellcheck disable=SC1091
	. "$work/debrief"
) >"$work/said" 2>&1 || fail "the debrief of the manual: $(cat "$work/said")"
grep -q Velorin "$work/said" || fail "the debrief of the manual was not filed"

# The commands of the README.
sed -n 's/^    \(huddle \(risk\|deals\|debrief\) .*\)/\1/p' README.md >"$work/commands"
[ -s "$work/commands" ] || fail "the README shows no commands"
while read -r _ command; do
	# shellcheck disable=SC2086 # words of a command
	at $command >/dev/null || fail "huddle $command: exit status $?"
done <"$work/commands"
