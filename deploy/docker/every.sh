#!/bin/sh
# every SECONDS COMMAND …: run the command again and again, that many seconds between an end and the next start.
# TERM and INT are handed to the command, which finishes what it has in hand; then this ends too.
pause=$1
shift
child=
stop() {
  trap '' TERM INT
  [ -n "$child" ] && kill -TERM "$child" 2>/dev/null && wait "$child"
  exit 0
}
trap stop TERM INT
while :; do
  "$@" &
  child=$!
  wait "$child"
  child=
  sleep "$pause" &
  child=$!
  wait "$child"
  child=
done
