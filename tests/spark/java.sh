#!/bin/sh
# A Java for the test that counts a gate log with Spark, where there is none.
set -eu

command -v java >/dev/null 2>&1 && exit 0
[ -n "${JAVA_HOME:-}" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No Java was found. Install version 17 or newer, or name it in JAVA_HOME." >&2
    exit 1
fi
root=$([ "$(id -u)" = 0 ] || echo sudo)
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
