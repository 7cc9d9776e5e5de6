#!/bin/sh
# numbers.sh HUDDLE SOURCE: every form of the deck has the numbers that --json prints:
# the bridge to the cent, the forecast, the scorecard, the handoff, attribution, themes
# and actions. The workbook is read back by Gnumeric.
# shellcheck disable=SC1091,SC2015,SC2016,SC2034,SC2154
huddle=$1 source=$2
. "$(dirname "$0")/lib.sh"
sample
run action add Fernmarch --owner Ana --due 2026-11-20 --text 'Call the CFO' >/dev/null 2>&1
run deck -o "$work/d.pdf" --since 2026-10-01 >/dev/null
run deck -o "$work/d.html" --since 2026-10-01 >/dev/null
run deck -o "$work/d.md" --since 2026-10-01 >/dev/null
run deck -o "$work/d.xlsx" --since 2026-10-01 >/dev/null
pdftotext "$work/d.pdf" "$work/pdf"
chromium --headless --no-sandbox --disable-gpu --dump-dom "file://$work/d.html" >"$work/dom" \
	2>/dev/null || fail "Chromium can not open it"
sed 's/<[^>]*>/ /g; s/&quot;/"/g; s/&amp;/\&/g' "$work/dom" >"$work/html"
sed 's/\\\([^ ]\)/\1/g' "$work/d.md" >"$work/md"

# money NUMBER CURRENCY: as tables show it.
money() {
	awk -v n="$1" -v c="$2" 'BEGIN {
		s = n < 0 ? "-" : ""
		t = sprintf("%.2f", n < 0 ? -n : n)
		sub(/\.00$/, "", t)
		split(t, p, ".")
		for (i = length(p[1]); i > 3; i -= 3)
			p[1] = substr(p[1], 1, i - 3) "," substr(p[1], i - 2)
		t = p[1] (p[2] ? "." p[2] : "")
		print c == "USD" ? s "$" t : c " " s t
	}'
}
everywhere() {
	for form in pdf html md; do
		has "$work/$form" "$@"
	done
}

run changes --since 2026-10-01 --json >"$work/changes.json"
jq -r '.bridges[] | .currency as $c | [.start, .end, (.buckets[] |
	select(.count > 0 and .bucket != "unchanged") | .amount)][] | "\(.) \($c)"' "$work/changes.json" >"$work/amounts"
[ "$(wc -l <"$work/amounts")" -ge 6 ] || fail "the bridge of the sample has nothing in it"
while read -r amount currency; do
	everywhere "$(money "$amount" "$currency")"
done <"$work/amounts"

run forecast --json | jq -r '.quarters[] | .actual' >"$work/actuals"
while read -r amount; do
	everywhere "$(money "$amount" USD)"
done <"$work/actuals"

run scorecard --json >"$work/card.json"
for figure in coverage forecast_accuracy loop_closure deal_size; do
	jq -r --arg f "$figure" '.metrics[$f] | select(.why == null) |
		"\(.numerator) \(.denominator)"' "$work/card.json" >"$work/figure"
	read -r over under <"$work/figure" || fail "$figure is not in the scorecard"
	case $figure in
	coverage | forecast_accuracy) everywhere "$(money "$over" USD)" "$(money "$under" USD)" ;;
	deal_size) everywhere "$(money "$over" USD)" ;;
	*) everywhere "$over" "$under" ;;
	esac
done

run handoff --json >"$work/handoff.json"
everywhere "$(jq -r '"\(.met) of \(.met + .missed) judged"' "$work/handoff.json")"
run attribution --json >"$work/attribution.json"
everywhere "$(money "$(jq .total "$work/attribution.json")" USD)" \
	"$(jq -r '"\(.influenced.count) deals; never added"' "$work/attribution.json")"
jq -r '.campaigns[:5][] | .amount' "$work/attribution.json" | while read -r amount; do
	everywhere "$(money "$amount" USD)"
done
run themes --json >"$work/themes.json"
everywhere "$(jq -r '"\(.lost) lost and \(.won) won"' "$work/themes.json")" 'Call the CFO'
run risk --top 3 --closing this-month --json | jq -r '.deals[] | .probability' >"$work/risks"
while read -r p; do
	everywhere "$(awk -v p="$p" 'BEGIN { printf "%.0f%%", p * 100 }')"
done <"$work/risks"

# The workbook: the same amounts as numbers, found by value.
ssconvert -S "$work/d.xlsx" "$work/book-%s.csv" >/dev/null 2>&1 || fail "Gnumeric can not open it"
[ -s "$work/book-Bridge.csv" ] && [ -s "$work/book-Scorecard.csv" ] || fail "sheets are missing"
cat "$work"/book-*.csv | tr ',' '\n' | tr -d '"' >"$work/cells"
while read -r amount _; do
	awk -v n="$amount" '($1 + 0) == n { found = 1 } END { exit !found }' "$work/cells" ||
		fail "the workbook lacks the number $amount"
done <"$work/amounts"
unzip -p "$work/d.xlsx" 'xl/worksheets/sheet*.xml' >"$work/sheets.xml"
! grep -q '<f>' "$work/sheets.xml" || fail "the workbook has a formula"
grep -q 'state="frozen"' "$work/sheets.xml" || fail "no head is frozen"
unzip -l "$work/d.xlsx" >"$work/list"
[ "$(grep -c 'xl/charts/chart' "$work/list")" -ge 10 ] || fail "charts are missing"
[ "$(grep -c 'xl/tables/table' "$work/list")" -ge 10 ] || fail "tables with filters are missing"

# Markdown makes a presentation that has it all.
(cd "$work" && pandoc -o deck.pptx d.md 2>"$work/pandoc.err") || fail "pandoc: $(cat "$work/pandoc.err")"
unzip -p "$work/deck.pptx" 'ppt/slides/slide*.xml' | sed 's/<[^>]*>/ /g' >"$work/pptx"
has "$work/pptx" 'Call the CFO' "$(money "$(jq .total "$work/attribution.json")" USD)"
[ "$(unzip -l "$work/deck.pptx" | grep -c 'ppt/media/')" -ge 5 ] || fail "the charts are not in it"
echo "the numbers of the commands, in four forms"
