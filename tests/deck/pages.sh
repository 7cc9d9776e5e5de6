#!/bin/sh
# pages.sh HUDDLE SOURCE: the page in a browser at the width of a phone, a laptop and on
# paper; which pages there are; three currencies; a deck of one deal; colours and a logo.
# shellcheck disable=SC1091,SC2015,SC2016,SC2034,SC2154
huddle=$1 source=$2
. "$(dirname "$0")/lib.sh"
sample
run deck --outline >"$work/outline"
for page in headline bridge risk deals forecast scorecard handoff attribution themes actions \
	appendix; do
	grep -q " $page " "$work/outline" || fail "the outline lacks $page"
done
run deck -o "$work/d.html" >/dev/null

# wide WIDTH: the document is not wider than the window.
wide() {
	sed 's|</body>|<script>document.title=document.documentElement.scrollWidth+" of "+innerWidth</script></body>|' \
		"$work/d.html" >"$work/wide.html"
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size="$1,900" \
		--dump-dom "file://$work/wide.html" 2>/dev/null |
		sed -n 's/.*<title>\([0-9]*\) of \([0-9]*\)<.*/\1 \2/p' >"$work/width"
	read -r is of <"$work/width" || fail "Chromium tells no width"
	[ "$is" -le "$of" ] || fail "at $1 it is $is wide, of $of"
}
wide 500
wide 1280
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
	--print-to-pdf="$work/print.pdf" "file://$work/d.html" >/dev/null 2>&1
pdftotext "$work/print.pdf" "$work/print"
has "$work/print" 'Most likely to slip' 'Forecast by week' 'Where the numbers are from'
# Nothing is fetched, and each chart says what it shows.
! grep -q 'src="http\|href="http\|@import\|url(http' "$work/d.html" || fail "something is fetched"
[ "$(grep -c '<svg viewBox' "$work/d.html")" = "$(grep -c '<title id="alt-' "$work/d.html")" ] ||
	fail "a chart has no words"

mkdir -p "$work/config/huddle"
printf '[deck]\npages = risk, appendix\nsales = 123456\nlogo = logo.png\n' >"$work/config/huddle/huddle.ini"
# A PNG of one pixel.
echo iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg== |
	base64 -d >"$work/config/huddle/logo.png"
run deck -o "$work/e.pdf" >/dev/null || fail "settings are not taken"
run deck -o "$work/e.html" >/dev/null
pdftotext "$work/e.pdf" "$work/e"
has "$work/e" 'Most likely to slip' 'Where the numbers are from'
! grep -q 'Where we stand' "$work/e" || fail "a page that was left out is there"
grep -q 'ink-sales:#123456' "$work/e.html" || fail "the colour is not taken"
grep -q 'data:image/png;base64,iVBORw0KGgo' "$work/e.html" || fail "the logo is not in it"
printf '[deck]\npages = risk, nothing\n' >"$work/config/huddle/huddle.ini"
run deck -o "$work/f.pdf" 2>"$work/said" && fail "an unknown page is taken"
has "$work/said" '"nothing" is no page'
printf '[deck]\nsales = red\n' >"$work/config/huddle/huddle.ini"
run deck -o "$work/f.pdf" 2>"$work/said" && fail "an unknown colour is taken"
has "$work/said" 'write it as 0067a5'
rm "$work/config/huddle/huddle.ini"

# One deal, and then three currencies.
export HUDDLE_DB="$work/one.db"
head='Deal ID,Deal Name,Account Name,Owner,Stage,Amount,Currency,Close Date,Created Date'
printf '%s\n1,One,A,Ana,Proposal,1000,USD,2026-11-30,2026-01-05\n' "$head" >"$work/deals.csv"
run sync --as-of 2026-11-13 "$work/deals.csv" >/dev/null 2>&1
run deck -o "$work/g.pdf" >/dev/null || fail "one deal makes no deck"
printf '%s\n1,One,A,Ana,Proposal,1100,USD,2026-11-30,2026-01-05\n2,Two,A,Ana,Proposal,2000,EUR,2026-11-30,2026-01-05\n3,Three,A,Ana,Proposal,300000,JPY,2026-11-30,2026-01-05\n' "$head" >"$work/deals.csv"
run sync --as-of 2026-11-20 "$work/deals.csv" >/dev/null 2>&1
run deck -o "$work/h.pdf" >/dev/null || fail "three currencies make no deck"
pdftotext "$work/h.pdf" "$work/h"
has "$work/h" '$1,100' 'EUR 2,000' 'JPY 300,000' 'What changed since 2026-11-13, USD' \
	'What changed since 2026-11-13, EUR' 'What changed since 2026-11-13, JPY'
echo "pages for every width, and what a company makes of them"
