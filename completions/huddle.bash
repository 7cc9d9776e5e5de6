# bash completion of huddle; made by: huddle completion bash
_huddle()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local words="${COMP_WORDS[*]:1:COMP_CWORD-1}" options='--db --today --as --read-only --json --print --filter --theme --ascii --no-color --discreet --mouse --config --keys --screen --help --version'
	COMPREPLY=()
	case $prev in
	--db) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--today) return ;;
	--as) return ;;
	--filter) return ;;
	--theme) return ;;
	--mouse) COMPREPLY=($(compgen -W 'on off' -- "$cur")); return ;;
	--config) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--keys) return ;;
	--screen) return ;;
	--status) COMPREPLY=($(compgen -W 'open won lost all' -- "$cur")); return ;;
	--owner) return ;;
	--stage) return ;;
	--closing) return ;;
	--sort) COMPREPLY=($(compgen -W 'risk amount close stage-age name' -- "$cur")); return ;;
	--limit) return ;;
	--top) return ;;
	--source) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--as-of) return ;;
	--export) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--team) return ;;
	--manager) return ;;
	--account) return ;;
	--custom) return ;;
	--due) return ;;
	--reason) return ;;
	--from) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--since) return ;;
	--until) return ;;
	--text) return ;;
	--slice) return ;;
	--minutes) return ;;
	--per-deal) return ;;
	--people) return ;;
	--place) return ;;
	--push-reason) COMPREPLY=($(compgen -W 'always-wrong new-obstacle' -- "$cur")); return ;;
	--out) COMPREPLY=($(compgen -f -- "$cur")); return ;;
	--quarter) return ;;
	--about) return ;;
	--to) return ;;
	--format) COMPREPLY=($(compgen -W 'ics markdown' -- "$cur")); return ;;
	--model) COMPREPLY=($(compgen -W 'first last linear u w full decay' -- "$cur")); return ;;
	--deal) return ;;
	--by) COMPREPLY=($(compgen -W 'campaign channel quarter' -- "$cur")); return ;;
	--note) return ;;
	--month) return ;;
	--rows) return ;;
	--keep) COMPREPLY=($(compgen -W 'here import' -- "$cur")); return ;;
	--role) COMPREPLY=($(compgen -W 'revops leader rep' -- "$cur")); return ;;
	esac
	case " $words " in
	*' sync '*) options="$options --source --as-of --full --dry-run --partial --accept-rejects --accept-shrink --progress --undo" ;;
	*' rejects '*) options="$options --export" ;;
	*' sources explain '*) options="$options --source" ;;
	*' status '*) options="$options --syncs" ;;
	*' deals '*) options="$options --status --owner --stage --closing --sort --limit --team --manager --account --custom" ;;
	*' risk '*) options="$options --owner --closing --top --team --manager --custom --csv --md" ;;
	*' changes '*) options="$options --owner --closing --since --csv --md" ;;
	*' define load '*) options="$options --note --yes" ;;
	*' define moves '*) options="$options --month" ;;
	*' audit answer '*) options="$options --text" ;;
	*' calendar '*) options="$options --out --force" ;;
	*' scorecard '*) options="$options --month --rows --csv --md" ;;
	*' leads demand '*) options="$options --from --to" ;;
	*' leads score '*) options="$options --month" ;;
	*' deck '*) options="$options --owner --since --out --quarter --force --outline" ;;
	*' report leads '*) options="$options --out --format" ;;
	*' report pipeline '*) options="$options --since --out --format" ;;
	*' report winloss '*) options="$options --out --quarter --format" ;;
	*' forecast '*) options="$options --quarter" ;;
	*' snooze '*) options="$options --reason --until --off" ;;
	*' action add '*) options="$options --owner --team --due --text" ;;
	*' action export '*) options="$options --owner --team --all --out --format --events" ;;
	*' action list '*) options="$options --owner --team --all" ;;
	*' action drop '*) options="$options --reason" ;;
	*' action assign '*) options="$options --team" ;;
	*' debrief missing '*) options="$options --owner" ;;
	*' debrief reasons '*) options="$options --from" ;;
	*' debrief messages '*) options="$options --from" ;;
	*' debrief competitors '*) options="$options --from" ;;
	*' debrief '*) options="$options --from --edit" ;;
	*' review start '*) options="$options --slice --minutes --per-deal --people" ;;
	*' review add '*) options="$options --place" ;;
	*' review decide '*) options="$options --text --push-reason" ;;
	*' review end '*) options="$options --people" ;;
	*' review minutes '*) options="$options --out" ;;
	*' pin '*) options="$options --off" ;;
	*' slice '*) options="$options --off" ;;
	*' themes '*) options="$options --quarter --csv --md" ;;
	*' handoff '*) options="$options --owner --from --to" ;;
	*' attribution '*) options="$options --quarter --model --deal --by" ;;
	*' attribution sources '*) options="$options --from" ;;
	*' note add '*) options="$options --text --about" ;;
	*' note answer '*) options="$options --text" ;;
	*' log '*) options="$options --limit" ;;
	*' export '*) options="$options --progress --force" ;;
	*' import '*) options="$options --keep" ;;
	*' server add-user '*) options="$options --role" ;;
	esac
	case " $words " in
	*' sources '*) words='explain draft' ;;
	*' risk '*) words='backtest' ;;
	*' define '*) words='export load show diff sign check moves' ;;
	*' audit '*) words='answer history' ;;
	*' leads '*) words='demand score fit' ;;
	*' report '*) words='leads pipeline winloss' ;;
	*' snooze '*) words='list' ;;
	*' action '*) words='add export list done drop assign due' ;;
	*' debrief '*) words='missing reasons messages competitors' ;;
	*' review '*) words='start show add drop decide end minutes' ;;
	*' attribution '*) words='sources' ;;
	*' note '*) words='add answer list' ;;
	*' server '*) words='init add-user import' ;;
	*' sync '*) COMPREPLY=($(compgen -f -- "$cur")); words='' ;;
	*) words='sync prepare rejects sources status deals show risk changes define audit calendar scorecard leads deck report forecast snooze action debrief review pin slice themes handoff attribution note log backup export import relink erase check undo server help version settings' ;;
	esac
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$options" -- "$cur"))
	else
		COMPREPLY+=($(compgen -W "$words" -- "$cur"))
	fi
}
complete -F _huddle huddle
