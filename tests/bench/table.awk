# The figures that run gathers, as one Markdown table with the aims beside.
# Ratios are taken within a round, so that a slow minute slows both sides.

function median(values, n,	i, j, held) {
	for (i = 2; i <= n; i++) {
		held = values[i]
		for (j = i - 1; j > 0 && values[j] > held; j--)
			values[j + 1] = values[j]
		values[j + 1] = held
	}
	return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

function of_rounds(what, column,	i, values) {
	for (i = 1; i <= rounds; i++)
		values[i] = time[what, i, column]
	return median(values, rounds)
}

function ratio(what, to,	i, values) {
	for (i = 1; i <= rounds; i++)
		values[i] = time[what, i, 1] / time[to, i, 1]
	return median(values, rounds)
}

function seconds(what,	text, i) {
	text = sprintf("%.2f s (user %.2f, system %.2f), %.0f MB; rounds", of_rounds(what, 1),
		of_rounds(what, 2), of_rounds(what, 3), of_rounds(what, 4))
	for (i = 1; i <= rounds; i++)
		text = text sprintf(" %.2f", time[what, i, 1])
	return text
}

function row(what, figure, against, aim) {
	printf "| %s | %s | %s | %s |\n", what, figure, against, aim
}

$1 == "time" {
	if ($2 > rounds)
		rounds = $2
	for (i = 1; i <= 4; i++)
		time[$3, $2, i] = $(i + 3)
}

$1 == "frame" {
	how = $3 == "warm" ? "" : $3 == "all" ? ", nothing cached" : ", its files not cached"
	lines[++n] = "first frame, " $2 how
	figure[n] = sprintf("%.1f ms (%.1f to %.1f), %d bytes", $4, $5, $6, $7)
	aim[n] = $3 == "warm" ? "< 50 ms" : "< 150 ms"
}

$1 == "key" {
	lines[++n] = "a key, " $2
	figure[n] = sprintf("median %.1f ms, p95 %.1f, most %.1f; %d bytes", $3, $4, $5, $6)
	if ($7 > 0)
		figure[n] = figure[n] sprintf("; %d changed nothing", $7)
	aim[n] = "median < 5 ms, p95 < 16 ms"
}

$1 == "burst" {
	lines[++n] = $3 " keys at once, " $2
	figure[n] = sprintf("%.1f ms (%.1f to %.1f)", $4, $5, $6)
	aim[n] = "< 400 ms"
}

$1 == "memory" {
	lines[++n] = "memory, " $2
	figure[n] = sprintf("%.1f MB after the first frame, %.1f after the keys, most %.1f",
		$3, $4, $5)
	aim[n] = "< 60 MB"
}

$1 == "idle" {
	lines[++n] = "no key for " $3 " s, " $2
	figure[n] = sprintf("%d bytes, %d ticks of CPU, woken %d times", $4, $5, $6)
	aim[n] = "0 bytes, 0 ticks"
}

END {
	print "| what | median | against | aim |"
	print "|---|---|---|---|"
	row("`.import` of the same files, keys and indexes", seconds("import"), "1", "")
	if (("hash", 1, 1) in time) {
		row("reading and hashing them (xxhsum)", seconds("hash"), "", "")
		against_hash = sprintf(", %.2f of hashing", ratio("again", "hash"))
	}
	row("first sync", seconds("first"),
		sprintf("%.3f of `.import`", ratio("first", "import")), "<= 0.6")
	row("the same files again", seconds("again"),
		sprintf("%.4f of the first sync", ratio("again", "first")) against_hash,
		"<= 1.2 of reading and hashing")
	row("1 % changed", seconds("changed"),
		sprintf("%.3f of `.import`, %.3f of the first sync", ratio("changed", "import"),
			ratio("changed", "first")), "<= 0.25")
	for (i = 1; i <= n; i++)
		row(lines[i], figure[i], "", aim[i])
}
