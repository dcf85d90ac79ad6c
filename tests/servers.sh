#!/bin/sh
# PostgreSQL and nginx for the tests, where they are missing. Their services are left alone: tests start their own.
set -eu

missing=""
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="nginx-light"
found=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null || command -v initdb || true)
[ -n "$found" ] || missing="$missing postgresql"
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing for the tests of a database and of two servers: $missing" >&2
    exit 1
fi
root=$([ "$(id -u)" = 0 ] || echo sudo)
$root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
