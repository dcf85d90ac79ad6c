#!/bin/sh
# A Chromium for the browser tests and faces for Korean and Japanese in the pictures it takes, where they are missing.
set -eu

for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    command -v "$name" >/dev/null 2>&1 && browser=$name && break
done
faces=$(command -v fc-list >/dev/null 2>&1 && fc-list :lang=ko family | head -n 1 || true)
# The one without windows takes less processor time; where it cannot be had, the browser tests use the other.
shell=chromium-headless-shell
if command -v $shell >/dev/null 2>&1 || ! apt-cache show $shell >/dev/null 2>&1; then
    [ -n "${browser:-}" ] && [ -n "$faces" ] && exit 0
fi
[ -n "${BROWSER_PATH:-}" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    [ -n "${browser:-}" ] && exit 0 # macOS and others bring the faces along
    echo "No Chrome, Chromium or Edge was found. Install one, or name it in BROWSER_PATH." >&2
    exit 1
fi
root=$([ "$(id -u)" = 0 ] || echo sudo)
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends \
    $([ -n "${browser:-}" ] || echo chromium) fontconfig fonts-noto-cjk >/dev/null
if apt-cache show $shell >/dev/null 2>&1; then
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $shell >/dev/null
fi
