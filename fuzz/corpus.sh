#!/usr/bin/env bash
# Makes the corpora of the fuzz targets from the fixtures of the tests, in fuzz/corpus or the folder that is given.
set -euo pipefail
export LC_ALL=C # the same order everywhere
cd "$(dirname "$0")/.."
corpus=${1:-fuzz/corpus}
mkdir -p "$corpus"/{normalise,classify,read_json,read,catalogue,render,redact}

exports() { find tests/fixtures/exports tests/fixtures/held-out-exports -type f -size -64k | sort; }

# Every message of the fixtures and of the catalogue on a line, its escapes as JSON has them. Held-out messages that nobody
# has looked at are left out: a finding would show them.
messages() {
  grep -hvE '"looked_at": *false' tests/fixtures/*.jsonl tests/fixtures/held-out/*.jsonl |
    sed -nE 's/.*"message": *"(([^"\\]|\\.)*)".*/\1/p'
  sed -nE 's/^ *message: *//p' patterns/*.yaml
  sed -nE 's/.*"StatusMessage": *"(([^"\\]|\\.)*)".*/\1/p' tests/fixtures/hostile-jobs.json
}

# A third of them is enough for a target, and not the same for each.
thin() { awk "NR % 3 == $1"; }

# A file for each line of standard input, with something in front and behind it.
file_for_each_line() {
  local number=0 line
  while IFS= read -r line; do
    printf "$2%s$3" "$line" >"$1/seed-$((number += 1))"
  done
}

messages | sort -u | thin 0 | file_for_each_line "$corpus/normalise" '' ''
messages | sort -u | thin 1 | file_for_each_line "$corpus/classify" '' ''
find patterns tests/fixtures/catalogues -name '*.yaml' | sort | while IFS= read -r file; do
  cp "$file" "$corpus/catalogue/$(tr '/ ' '--' <<<"$file")"
done

number=0
exports | while IFS= read -r file; do
  name=$(tr '/ ' '--' <<<"${file#tests/fixtures/}")
  case $file in *json*) { printf '\001\001'; cat "$file"; } >"$corpus/read_json/$name" ;; esac
  # As it is, and every other file also wrapped, each in something else.
  { printf '00'; cat "$file"; } >"$corpus/read/$name"
  if ((number += 1, number % 2)); then
    { printf '%s0' $((number / 2 % 7 + 1)); cat "$file"; } >"$corpus/read/$name-wrapped"
  fi
done

# A job of a report: message, state, id, name, ARN, account, times, vaults; \377 stands between fields, \376 between jobs.
vaults='arn:aws:backup:eu-west-1:111122223333:backup-vault:a\377arn:aws:backup:eu-central-1:444455556666:backup-vault:b'
job="\377FAILED\377id-1\377name\377arn:aws:ec2:eu-west-1::volume/vol-1\377111122223333\3772026-11-22T02:07:00Z\377$vaults\377EBS\377"
other='\376=1+1\377COMPLETED\377<script>\377</b>|`\377\377@x\377\377\377]]>\377\377\377\377\377\377\377\377\377\377\377\377\377"><img>.json'
messages | sort -u | thin 2 | file_for_each_line "$corpus/render" '0' "$job$other"
messages | sort -u | thin 2 | file_for_each_line "$corpus/redact" "Role '\\001' of \\002: " "$job"

# The words that a mutation may put in: those of wordings and fields.
grep -ohE '[[:alpha:]]{4,20}' patterns/*.yaml | grep -xE '[A-Za-z]+' | sort -u | sed 's/.*/"&"/' >"$corpus/words.dict"
