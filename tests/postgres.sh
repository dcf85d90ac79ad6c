#!/bin/sh
# A PostgreSQL for the tests of the database, where it is missing. Its service is not started: tests start their own.
set -eu

for folder in /usr/lib/postgresql/*/bin; do
    [ -x "$folder/initdb" ] && exit 0
done
command -v initdb >/dev/null 2>&1 && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "No PostgreSQL was found. Install its server; the tests of the database need initdb and pg_ctl." >&2
    exit 1
fi
root=$([ "$(id -u)" = 0 ] || echo sudo)
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends postgresql >/dev/null
