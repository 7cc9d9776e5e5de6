#!/bin/sh
# edges.sh HUDDLE SOURCE: what a company's own files hold beyond the usual: currencies
# without cents and with three, rates, people and accounts that are known by a name or
# an address alone, two of one name, lists of contacts, rows without ids, texts of all
# kinds. There and back they are the same, byte by byte.
set -eu
# shellcheck source=tests/export/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir "$work/in"
cat >"$work/own.ini" <<'INI'
[source]
name = "we/us 2026-01-02"
currency = JPY
timezone = Asia/Tokyo
[rates]
EUR = 160.123456789012
[people]
files = people.csv
id = id
name = name
email = email
manager = boss
[contacts]
files = contacts.csv
id = id
name = name
email = email
account = account
[accounts]
files = accounts.csv
id = id
name = name
revenue = revenue
[deals]
files = deals.csv
id = id
name = name
account = account
owner = owner
stage = stage
amount = amount
currency = currency
close_date = close
created = created
probability = chance
next_step = next
custom.@Region = region
custom.a "b", c|d = other
[activities]
files = activities.csv
deal_id = deal
contact_email = with
contact_email.split = ;
owner = owner
kind = kind
when = when
subject = subject
[touches]
files = touches.csv
id = id
contact_id = contact
contact = called
campaign = campaign
kind = kind
when = when
cost = cost
INI
cat >"$work/in/people.csv" <<'CSV'
id,name,email,boss
u1,Ana,ana@x.example,u2
u2,Bo,bo@x.example,
u3,Chris,c1@x.example,Nobody Known
u4,Chris,c2@x.example,Ana
CSV
cat >"$work/in/accounts.csv" <<'CSV'
id,name,revenue
a1,Acme,1200000
a2,"=Acme, ""Ltd""",-5
CSV
cat >"$work/in/contacts.csv" <<'CSV'
id,name,email,account
c1,Kim,kim@acme.example,Acme
c2,+Lee,lee@acme.example,Unknown Account
CSV
cat >"$work/in/deals.csv" <<'CSV'
id,name,account,owner,stage,amount,currency,close,created,chance,next,region,other
d1,"=1+1",Acme,Ana,Open,1234567,JPY,2027-01-31,2026-01-01,33.3333%,"--",east,-1
d2,"@x
second line",Elsewhere,Chris,Open,12.345,KWD,2027-02-28,2026-02-01,0%,'quoted,"=west",
d3,-,a2,Zoe Unknown,Won,0.5,EUR,2026-03-01,2026-03-01,100%,''=twice,,x|y;z
000123,  blanks  ,Acme,bo@x.example,Open,-99.99,USD,,,,"tab	inside",,
1E5,ünï 你好 ‮,Acme,,Lost,,,,,,"'",,'
CSV
cat >"$work/in/activities.csv" <<'CSV'
deal,with,owner,kind,when,subject
d1,kim@acme.example;lee@acme.example;new@else.example,Ana,call,2026-05-01 09:30,"=call"
d1,new@else.example,Bo,email,2026-05-02,no time
d2,,Chris,meeting,2026-05-03T10:00:00+02:00,
d2,lee@acme.example;kim@acme.example,Chris,meeting,2026-05-04 00:00,'
CSV
cat >"$work/in/touches.csv" <<'CSV'
id,contact,called,campaign,kind,when,cost
t1,c1,,Spring,web,2026-04-01,100
t2,c9,Called Nine,Spring,web,2026-04-02,
t3,,Only A Name,Autumn,form,2026-04-03 23:59:59,7
CSV
on a sync --source "$work/own.ini" "$work/in" >"$work/said" 2>&1 || fail "sync: $(cat "$work/said")"
on a export "$work/out" >/dev/null || fail export
# Not "we-us-2026-01-02": the day would be taken for the file's.
[ "$(ls "$work"/out/facts-2026-11-27/deals*)" = "$work/out/facts-2026-11-27/deals.csv" ] || fail "names: $(ls "$work"/out/*)"
facts=$work/out/facts-2026-11-27
grep -q 'huddle_part_of' "$facts/activities.csv" || fail "no lists"
grep -q ',1234567,"JPY"' "$facts/deals.csv" || fail "JPY: $(cat "$facts/deals.csv")"
grep -q ',12.345,"KWD"' "$facts/deals.csv" || fail "KWD"
grep -q '33.3333%' "$facts/deals.csv" || fail "a share"
grep -q '160.123456789012' "$facts/currencies.csv" || fail "a rate"
grep -nE '(^|,)"?[=@]|(^|,)"[+-][^0-9]' "$facts"/*.csv && fail "a formula"

on b sync "$work/out" >"$work/said" 2>&1 || fail "sync of the export: $(cat "$work/said")"
on b export "$work/again" >/dev/null || fail "export again"
diff -r "$work/out" "$work/again" || fail "not the same"
all_same a b
for id in d1 d2 d3 000123 1E5; do
	same a b show "$id"
done
# The lists are whole when they are synced once more, in another order of rows.
{
	head -n 1 "$facts/activities.csv"
	sed 1d "$facts/activities.csv" | sort -r
} >"$work/activities.csv"
status=0
on b sync "$work/activities.csv" --accept-rejects >"$work/said" 2>&1 || status=$?
[ "$status" -eq 3 ] || fail "rows below others than theirs: $status $(cat "$work/said")"
grep -q 'sort the file as it was' "$work/said" || grep -q 'sort the file as it was' <<-ALL || fail "why: $(cat "$work/said")"
	$(on b rejects)
ALL
echo "names, currencies, lists and texts, there and back"
