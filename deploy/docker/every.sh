#!/bin/sh
# every SECONDS COMMAND …: run the command again and again, that many seconds between an end and the next start.
# TERM and INT are handed to the command, which finishes what it has in hand; then this ends too.
pause=$1
shift
stop() {
  trap '' TERM INT
  [ -n "$!" ] && kill -TERM "$!" 2>/dev/null && wait "$!"
  exit 0
}
trap stop TERM INT
while :; do
  "$@" &
  wait "$!"
  sleep "$pause" &
  wait "$!"
done
