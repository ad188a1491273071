#!/bin/sh
# The demonstration: an invented city's documents, from files to the ledger.
set -eu
duban=.venv/bin/duban
data=${DUBAN_DATA_DIR:-var}

echo "一、读入 corpus/samples/files（虚构的某市两年文件，其中有意放了几个读不了的文件）"
status=0
"$duban" ingest corpus/samples/files || status=$?
# 1: done, but some documents failed. The samples hold such files on purpose.
[ "$status" -le 1 ] || exit "$status"

echo
echo "二、台账"
"$duban" ledger --limit 12

"$duban" export --format xlsx -o "$data/ledger.xlsx"
cat <<TEXT

三、接下来可以试试
  $duban ledger --overdue               逾期的承诺
  $duban search 停车位                  查以往的承诺
  $duban runs                           读入了哪些文件、哪些没读成、为什么
  $duban extract 某份答复.docx          只看一份文件，不入库
  用 Excel 或 WPS 打开 $data/ledger.xlsx
TEXT
