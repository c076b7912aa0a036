#!/bin/sh
# A Chromium for the browser tests, where none is found: from the system's packages,
# else from Playwright's own download.
set -eu
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
root=""
[ "$(id -u)" = 0 ] || root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests ..."
  $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
.venv/bin/playwright install chromium && exit 0
echo "no Chromium found: install the package chromium, then run the tests again" >&2
exit 1
