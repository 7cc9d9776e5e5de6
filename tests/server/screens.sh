#!/bin/sh
# screens.sh ON-SERVER SCREENS SOURCE CASE...: golden screens of a file, which are those of a
# server too. See both.sh.
set -eu
huddle=$1 screens=$2 source=$3
shift 3
failed=0
for case; do
	SOURCE_DIR=$source "$screens" "huddle=$huddle" "$source/tests/screens/cases/$case.case" ||
		failed=1
done
exit $failed
