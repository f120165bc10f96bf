#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# probe.sh BENCH SITE APP URL: six checks of a site: it answers, the scheduler is on, workers are there, no patch is
# pending, no error was logged in the last five minutes, and bench lists the app at the commit that is checked out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/lib.sh"
usage='usage: probe.sh BENCH SITE APP URL'
bench=${1:?$usage} site=${2:?$usage} app=${3:?$usage} url=${4:?$usage}
observe_with bench
cd "$bench" || cannot_observe "$bench is not there"
version=$(git -C "apps/$app" rev-parse HEAD) || cannot_observe "apps/$app is no repository"
listed=$(bench version --format json) || cannot_observe "bench failed"

# doctor speaks of the scheduler only where it is off, and of a number of workers always.
doctor=$(bench --site "$site" doctor) || doctor=
scheduler=$(jq --raw-input --slurp 'test("Workers online") and (test("(disabled|paused|inactive|mode on) for") | not)' \
  <<<"$doctor")
workers=$(jq --raw-input --slurp '[scan("Workers online: *([0-9]+)")[0] | tonumber] | any(. > 0)' <<<"$doctor")

# A line of patches.txt is applied when the log has exactly that line. `execute` prints nothing for an empty list, or 0.
patches=false
if log=$(bench --site "$site" execute frappe.get_all --args '["Patch Log"]' --kwargs '{"pluck": "patch"}'); then
  patches=$(jq --slurp --rawfile all "apps/$app/$app/patches.txt" '
    ([$all | split("\n")[] | gsub("^\\s+|\\s+$"; "") | select(test("^[^#\\[]")) | sub("^finally:"; "")] - flatten) == []
    ' <<<"$log") || cannot_observe "the patch log is not understood"
fi
errors=$(bench --site "$site" execute frappe.db.count --args '["Error Log"]' \
  --kwargs '{"filters": {"creation": (">", frappe.utils.add_to_date(None, minutes=-5))}}') || errors=unknown
listed_as=$(jq --raw-output --arg app "$app" '[.[] | select(.app == $app)][0].commit // ""' <<<"$listed") ||
  cannot_observe "the list of versions is not understood"

look "${url%/}/api/method/ping"
checks=$(jq --compact-output --null-input --argjson scheduler "$scheduler" --argjson workers "$workers" \
  --argjson patches "$patches" --arg commit "$version" --arg listed "$listed_as" '{
    scheduler: {ok: $scheduler}, workers: {ok: $workers}, migrations: {ok: $patches},
    versions: {ok: ($listed != "" and ($commit | startswith($listed)))}}')
# Logged errors are for somebody to look at: users make some every day.
parts=$(jq --compact-output --null-input --arg errors "$errors" '{error_log: {ok: ($errors == "" or $errors == "0")}}')
report "$version" "$checks" "$parts"
