#!/usr/bin/env bash
# Faults against index files: kills at random times, full disks, failing system calls. After each
# fault the index is whole (`check`) and is either the old one or the new one, byte for byte.
#
#   Tests/faults.sh            a reduced run, as CI does it
#   Tests/faults.sh 200        so many kills, and every fault point
#
# Needs a release build. A planted fault is part of it: a run that does not see it ends with status 1.
set -uo pipefail
cd "$(dirname "$0")/.."
kills=${1:-20}
tool=${RELATED_NEWS:-$PWD/.build/release/related-news}
work=$(mktemp -d)
trap 'umount "$work/small" 2>/dev/null; rm -rf "$work"' EXIT
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

# An old and a new state to move between: half of the articles, then all.
lines=$(wc -l < Data/archive.jsonl)
head -n $((lines / 2)) Data/archive.jsonl > "$work/old.jsonl"
tail -n +$((lines / 2 + 1)) Data/archive.jsonl > "$work/more.jsonl"
"$tool" index "$work/old.jsonl" --output "$work/old.rnx" --quiet || fail "index"
cp "$work/old.rnx" "$work/new.rnx"
"$tool" index --add "$work/more.jsonl" "$work/new.rnx" --quiet || fail "index --add"
"$tool" index Data/archive.jsonl --output "$work/fresh.rnx" --quiet || fail "index"
cmp -s "$work/new.rnx" "$work/fresh.rnx" || fail "an update differs from a fresh index"

# The same with a story that lands beside the articles of an index, of which 300 copies are enough;
# without addresses, as those tell copies.
python3 - Data/archive.jsonl > "$work/many.jsonl" <<'END'
import json, sys
articles = [json.loads(line) for line in open(sys.argv[1])]
for i in range(300):
    print(json.dumps({**articles[i % len(articles)], "id": f"copy {i}", "url": None}))
END
head -n 1 "$work/more.jsonl" \
  | python3 -c 'import json; print(json.dumps({**json.loads(input()), "published": "2040-01-01", "url": None}))' \
    > "$work/story.jsonl"
"$tool" index "$work/many.jsonl" --output "$work/many.rnx" --quiet || fail "index"
"$tool" index --add "$work/story.jsonl" "$work/many.rnx" --output "$work/landed.rnx" --quiet \
  || fail "index --add of a story"
"$tool" index "$work/landed.rnx" --output "$work/whole.rnx" --quiet || fail "index of an index"
"$tool" index "$work/many.jsonl" "$work/story.jsonl" --output "$work/fresh.rnx" --quiet \
  || fail "index"
cmp -s "$work/whole.rnx" "$work/fresh.rnx" || fail "an index with a story written whole differs"
cmp -s "$work/landed.rnx" "$work/whole.rnx" && fail "the story did not land beside the articles"

# Whether a file is the old state or the new one, and whole.
whole() { # FILE WHAT
  "$tool" check "$1" --quiet > /dev/null 2> "$work/why" || { fail "$2: $(cat "$work/why")"; return; }
  local state
  for state in old new many landed; do cmp -s "$1" "$work/$state.rnx" && return; done
  fail "$2: neither old nor new"
}
no_leftovers() { # FOLDER WHAT
  local left
  left=$(find "$1" -name '.*.part' | wc -l)
  [ "$left" = 0 ] || fail "$2: $left temporary files left"
}

# The harness itself: a flipped bit must be seen.
cp "$work/old.rnx" "$work/planted.rnx"
printf '\xff' | dd of="$work/planted.rnx" bs=1 seek=9000 conv=notrunc status=none
"$tool" check "$work/planted.rnx" --quiet > /dev/null 2>&1 && fail "check does not see a planted fault"

echo "kill -9 at random times: $kills of each"
mkdir "$work/kill"
survived=0
killed=0
for kind in index add remove land; do
  start=$(date +%s%N)
  cp "$work/old.rnx" "$work/kill/a.rnx"
  "$tool" index --add "$work/more.jsonl" "$work/kill/a.rnx" --quiet 2> /dev/null
  span=$((($(date +%s%N) - start) / 1000))
  hits=0
  for i in $(seq $((kills * 5))); do
    [ $hits -lt "$kills" ] || break
    case $kind in
      index)
        cp "$work/old.rnx" "$work/kill/a.rnx"
        "$tool" index Data/archive.jsonl --output "$work/kill/a.rnx" --quiet 2> /dev/null & ;;
      add)
        cp "$work/old.rnx" "$work/kill/a.rnx"
        "$tool" index --add "$work/more.jsonl" "$work/kill/a.rnx" --quiet 2> /dev/null & ;;
      remove)
        cp "$work/new.rnx" "$work/kill/a.rnx"
        removals=()
        while read -r id; do removals+=(--remove "$id"); done < <(
          python3 -c 'import json,sys; [print(json.loads(l)["id"]) for l in open(sys.argv[1])]' \
            "$work/more.jsonl")
        "$tool" index "${removals[@]}" "$work/kill/a.rnx" --quiet 2> /dev/null & ;;
      land)
        cp "$work/many.rnx" "$work/kill/a.rnx"
        "$tool" index --add "$work/story.jsonl" "$work/kill/a.rnx" --quiet 2> /dev/null & ;;
    esac
    process=$!
    sleep "$(awk -v r=$RANDOM -v s=$span 'BEGIN { printf "%.6f", r / 32768 * s / 1000000 }')"
    kill -9 $process 2> /dev/null
    wait $process 2> /dev/null
    [ $? = 137 ] && hits=$((hits + 1)) || survived=$((survived + 1))
    whole "$work/kill/a.rnx" "$kind killed, run $i"
  done
  killed=$((killed + hits))
done
# The next run cleans up behind those that were killed.
"$tool" index Data/archive.jsonl --output "$work/kill/a.rnx" --quiet || fail "index after kills"
no_leftovers "$work/kill" "after kills"
echo "  $killed runs killed, $survived were done before"

echo "files that may not grow beyond 30 sizes"
mkdir "$work/limit"
size=$(stat -c %s "$work/new.rnx")
for i in $(seq 30); do
  cp "$work/old.rnx" "$work/limit/a.rnx"
  blocks=$((size * i / 31 / 1024))
  (ulimit -f "$blocks"; exec "$tool" index --add "$work/more.jsonl" "$work/limit/a.rnx" --quiet) \
    2> /dev/null && fail "limit of $blocks KiB: exit 0"
  whole "$work/limit/a.rnx" "limit of $blocks KiB"
  cmp -s "$work/limit/a.rnx" "$work/old.rnx" || fail "limit of $blocks KiB: the old file is gone"
  no_leftovers "$work/limit" "limit of $blocks KiB"
done

mkdir "$work/small"
if mount -t tmpfs -o size=$((size * 3))  tmpfs "$work/small" 2> /dev/null; then
  echo "a small disk filled up to 30 sizes"
  for i in $(seq 30); do
    rm -f "$work/small/filler" "$work/small/a.rnx"
    cp "$work/old.rnx" "$work/small/a.rnx"
    free=$(($(df --output=avail -B1 "$work/small" | tail -n 1) - size * i / 31))
    head -c "$free" /dev/zero > "$work/small/filler"
    "$tool" index --add "$work/more.jsonl" "$work/small/a.rnx" --quiet 2> /dev/null \
      && fail "disk of size $i: exit 0"
    cmp -s "$work/small/a.rnx" "$work/old.rnx" || fail "disk of size $i: the old file is gone"
    no_leftovers "$work/small" "disk of size $i"
  done
else
  echo "a small disk: skipped, no right to mount a tmpfs here"
fi

echo "devices"
"$tool" index Data/archive.jsonl --output /dev/full --quiet 2> /dev/null && fail "/dev/full: exit 0"
[ -c /dev/full ] || fail "/dev/full was replaced"
"$tool" check "$work/new.rnx" > /dev/full 2> /dev/null && fail "check to /dev/full: exit 0"

if command -v strace > /dev/null; then
  echo "every fault point: system calls that fail, once and for ever"
  mkdir "$work/walk"
  for call in write:ENOSPC fsync:EIO close:EIO rename:EIO openat:EMFILE pread64:EIO; do
    name=${call%%:*}
    error=${call##*:}
    for again in "" "+"; do
      # All is written anew, or a story lands.
      for states in "old more new" "many story landed"; do
        read -r old added new <<< "$states"
        for n in $(seq 200); do
          cp "$work/$old.rnx" "$work/walk/a.rnx"
          strace -f -qq -o "$work/trace" -e trace="$name" \
            -e inject="$name:error=$error:when=$n$again" \
            "$tool" index --add "$work/$added.jsonl" "$work/walk/a.rnx" --quiet --jobs 1 2> /dev/null
          status=$?
          grep -q INJECTED "$work/trace" || break
          whole "$work/walk/a.rnx" "$call at $n$again"
          # Whoever says 0 has written the new file.
          if [ $status = 0 ]; then
            cmp -s "$work/walk/a.rnx" "$work/$new.rnx" || fail "$call at $n$again: exit 0, old file"
          fi
          [ $status -lt 128 ] || fail "$call at $n$again: ended by signal $((status - 128))"
          [ "$kills" -ge 100 ] || [ "$n" -lt 12 ] || break
        done
        echo "  $call$again, $new: up to $n"
      done
    done
  done
else
  echo "every fault point: skipped, no strace here"
fi

[ $failures = 0 ] && echo "all of it held" || { echo "$failures failures"; exit 1; }
