#!/bin/sh
# names.sh HUDDLE SOURCE: names of 80 letters, of Chinese, of markup and of formulas: in
# the PDF nothing is cut off by the page or lies on something else, everywhere they are
# text.
# shellcheck disable=SC1091,SC2015,SC2016,SC2034,SC2154
huddle=$1 source=$2
. "$(dirname "$0")/lib.sh"
long='Abcdefghijklmnopqrstuvwxyz0123456789Abcdefghijklmnopqrstuvwxyz0123456789abcdefgh'
wide='東京都千代田区霞が関の非常に長い名前を持つ株式会社との五年間の包括的な基幹業務システム更新契約と保守運用支援業務の追加発注案件その二'
{
	echo 'Deal ID,Deal Name,Account Name,Owner,Stage,Amount,Currency,Close Date,Created Date'
	echo "1,$long,$long,$long,Proposal,1000.50,USD,2026-11-30,2026-01-05"
	echo "2,$wide,$wide,$wide,Proposal,2000,JPY,2026-11-30,2026-01-05"
	echo '3,<script>document.title=1</script><b>bold</b>,A & B,"O""Neil",Proposal,300,EUR,2026-11-30,2026-01-05'
	echo '4,=1+1,@SUM(A1),+cmd|calc,Proposal,400,USD,2026-11-30,2026-01-05'
	echo '5,**bold** | `code` [x](http://x.example) ![i](i.png) #1,-2+3,Ana,Proposal,500,USD,2026-11-30,2026-01-05'
} >"$work/deals.csv"
run sync --as-of 2026-11-20 "$work/deals.csv" >/dev/null 2>&1
for i in 1 2 3 4 5; do
	run action add "$i" --owner "$long" --text "$long $wide $long" >/dev/null 2>&1
done
run review start >/dev/null 2>&1
for i in 1 2 3 4 5; do
	run review add "$i" >/dev/null
done
for form in pdf html md xlsx; do
	run deck -o "$work/d.$form" >/dev/null
done

# Words of a page inside it, and none on another. Boxes are of the font, which is taller
# than its letters: they may touch by a third.
pdftotext -bbox "$work/d.pdf" "$work/boxes"
awk -F'"' '
	/<page / { width = $2; height = $4; n = 0; pages++ }
	/<word / {
		n++; words++
		x[n] = $2; y[n] = $4; X[n] = $6; Y[n] = $8
		if ($2 < -0.5 || $4 < -0.5 || $6 > width + 0.5 || $8 > height + 0.5) {
			print "page " pages ": cut off: " $0; wrong++
		}
		for (i = 1; i < n; i++) {
			w = (X[i] < X[n] ? X[i] : X[n]) - (x[i] > x[n] ? x[i] : x[n])
			h = (Y[i] < Y[n] ? Y[i] : Y[n]) - (y[i] > y[n] ? y[i] : y[n])
			least = Y[i] - y[i] < Y[n] - y[n] ? Y[i] - y[i] : Y[n] - y[n]
			if (w > 1 && h > least / 3) {
				print "page " pages ": one on another: " $0; wrong++
			}
		}
	}
	END {
		if (words < 200) { print "only " words " words"; wrong++ }
		exit wrong > 0
	}' "$work/boxes" || fail "texts of the PDF are not where they can be read"
pdftotext -raw "$work/d.pdf" - | tr -d ' \n\f' >"$work/pdf"
for name in "$long" "$wide" '<script>document.title=1</script>' '=1+1' '@SUM(A1)'; do
	grep -qF -- "$name" "$work/pdf" || fail "the PDF lacks $name"
done

# In a browser markup is text, and nothing of it ran.
chromium --headless --no-sandbox --disable-gpu --dump-dom "file://$work/d.html" >"$work/dom" 2>/dev/null
grep -qF '<title>Deal review of 2026-11-23</title>' "$work/dom" || fail "a name ran as a script"
grep -qF '&lt;script&gt;document.title=1&lt;/script&gt;' "$work/dom" || fail "the name is not text"
[ "$(grep -c '<script' "$work/dom")" = 1 ] || fail "there is a script that is not ours"

# In a workbook nothing is a formula.
unzip -p "$work/d.xlsx" 'xl/worksheets/sheet*.xml' >"$work/sheets.xml"
! grep -q '<f>' "$work/sheets.xml" || fail "a name became a formula"
ssconvert -S "$work/d.xlsx" "$work/book-%s.csv" >/dev/null 2>&1 || fail "Gnumeric can not open it"
cat "$work"/book-*.csv >"$work/cells"
for name in '=1+1' '+cmd|calc' "$wide"; do
	grep -qF -- "$name" "$work/cells" || fail "the workbook lacks $name"
done

# In Markdown nothing is markup, and no name makes a column more.
pandoc -t html "$work/d.md" -o "$work/md.html" 2>/dev/null
pandoc -t plain --columns=10000 "$work/d.md" -o "$work/md.txt" 2>/dev/null
has "$work/md.txt" '**bold** | `code` [x](http://x.example) ![i](i.png) #1' '=1+1'
! grep -q '<script\|href="http\|<code>code\|src="i.png"' "$work/md.html" || fail "a name is markup"
echo "names stay names"
