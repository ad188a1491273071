#!/bin/sh
# System parts that some tests need. Installs them with apt where that is allowed; says what is missing where it is not.
missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
{ command -v fc-list >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q .; } || missing="$missing fontconfig fonts-noto-cjk"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -d /usr/lib/postgresql ] || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing for the tests:$missing"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >/dev/null 2>&1 && exit 0
fi
echo "Not installed:$missing"
echo "The tests that need them (LibreOffice, PostgreSQL, Chromium) are skipped. To run them: sudo apt-get install$missing"
exit 0
