#!/usr/bin/env bash
# A real Tryton 6.0 ERP for development and tests, on loopback, with a private PostgreSQL.
#
#   npm run system:tryton -- up [--world FILE]   install what is missing (root), build, seed, start; prints how to reach it
#   npm run system:tryton -- reset               back to the seed, in seconds
#   npm run system:tryton -- stop                stop the server and its PostgreSQL; data stays
#
# Everything lives in TRYTON_HOME (default: .crossdock/tryton of this project); two homes never touch each other.
# TRYTON_CACHE (default: .crossdock/cache) keeps the database with modules and no data, for the next home.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
home=${TRYTON_HOME:-$project/.crossdock/tryton}
cache=${TRYTON_CACHE:-$project/.crossdock/cache}
world=''
database=erp
modules=(sale stock account_invoice account_invoice_stock account_credit_limit sale_credit_limit
  product_price_list sale_price_list sale_stock_quantity)

say() { printf '[tryton %3ds] %s\n' "$SECONDS" "$*" >&2; }
fail() { printf 'tryton: %s\n' "$*" >&2; exit 1; }

command=${1:-up}
[ $# -gt 0 ] && shift
while [ $# -gt 0 ]; do
  case $1 in
    --world) [ $# -ge 2 ] || fail '--world needs a file: a world.json, see simulators/kit/world.ts'; world=$2; shift 2 ;;
    *) fail "unknown argument '$1'; use: up [--world FILE] | reset | stop" ;;
  esac
done
[ -z "$world" ] || [ -f "$world" ] || fail "the world file '$world' does not exist"
[ -z "$world" ] || world=$(cd "$(dirname "$world")" && pwd)/$(basename "$world")

mkdir -p "$home" "$cache"
home=$(cd "$home" && pwd)
exec 9>"$home/lock"
flock -w 900 9 || fail "another run has held $home/lock for 15 minutes"

# --- packages ----------------------------------------------------------------------------------------------------------------

postgres_binaries() { find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1; }

install_packages() {
  command -v dpkg-query >/dev/null || fail 'Tryton is installed from Debian packages and this system has no dpkg; use Debian 12'
  local wanted=(tryton-server tryton-proteus python3-psycopg2) missing=() package
  for module in "${modules[@]}"; do wanted+=("tryton-modules-${module//_/-}"); done
  [ -n "$(postgres_binaries)" ] || wanted+=(postgresql-15)
  for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || fail "these Debian packages are missing; run as root once, or have them installed:
  apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  say "installing ${#missing[@]} Debian packages"
  apt-get update -q >"$home/apt.log" 2>&1 || fail "apt-get update failed, see $home/apt.log"
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}" >>"$home/apt.log" 2>&1 9>&- ||
    fail "apt-get install failed, see $home/apt.log"
}

# --- processes and ports -----------------------------------------------------------------------------------------------------

free_port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
secret() { # a random word kept in a file that only its owner reads
  [ -s "$1" ] || (umask 077; /usr/bin/python3 -c 'import secrets; print(secrets.token_urlsafe(18), end="")' >"$1")
  cat "$1"
}

# --- PostgreSQL --------------------------------------------------------------------------------------------------------------

# PostgreSQL refuses to run as root: it then runs as the package's user, in a folder which that user can reach.
as_database_owner() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
data_directory() {
  if [ "$(id -u)" != 0 ] || as_database_owner test -x "$home"; then echo "$home/postgres"
  else echo "/var/lib/postgresql/crossdock-$(printf %s "$home" | sha256sum | cut -c1-12)"; fi
}
sql() { PGOPTIONS='-c client_min_messages=warning' PGPASSWORD=$(cat "$home/database-password") psql -qAtX -h 127.0.0.1 -p "$(cat "$home/database-port")" -U tryton -d "${2:-postgres}" -c "$1"; }
database_exists() { [ "$(sql "select 1 from pg_database where datname = '$1'")" = 1 ]; }
copy_database() { sql "drop database if exists \"$2\" with (force)"; sql "create database \"$2\" template \"$1\""; }

start_postgres() {
  local bin data; bin=$(postgres_binaries); data=$(data_directory)
  secret "$home/database-password" >/dev/null
  if ! as_database_owner test -f "$data/PG_VERSION"; then
    say 'creating a private PostgreSQL'
    if [ "$(id -u)" = 0 ]; then install -d -o postgres -g postgres -m 700 "$data"; else mkdir -p "$data"; fi
    install -m 600 "$home/database-password" "$data.password"
    [ "$(id -u)" != 0 ] || chown postgres "$data.password"
    as_database_owner "$bin/initdb" -D "$data" -U tryton -A scram-sha-256 --pwfile="$data.password" -E UTF8 --locale=C.UTF-8 >"$home/initdb.log"
    rm -f "$data.password"
    # A test system: speed over durability. Tryton joins many small tables, so planning is kept short.
    as_database_owner sh -c 'cat >>"$1/postgresql.conf"' - "$data" <<'CONF'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 128MB
max_connections = 80
jit = off
join_collapse_limit = 4
from_collapse_limit = 4
autovacuum_naptime = 5s
CONF
  fi
  as_database_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1 && [ -s "$home/database-port" ] && return 0
  local attempt port
  for attempt in 1 2 3; do
    port=$(cat "$home/database-port" 2>/dev/null || free_port)
    listening "$port" && port=$(free_port)
    echo "$port" >"$home/database-port"
    as_database_owner "$bin/pg_ctl" -D "$data" -o "-p $port" -l "$data/server.log" -w start >/dev/null 9>&- && return 0
  done
  fail "PostgreSQL did not start, see $data/server.log"
}

stop_postgres() {
  local bin data; bin=$(postgres_binaries); data=$(data_directory)
  [ -n "$bin" ] || return 0
  as_database_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1 || return 0
  as_database_owner "$bin/pg_ctl" -D "$data" -m fast -w stop >/dev/null
}

# --- Tryton ------------------------------------------------------------------------------------------------------------------

write_configuration() {
  local port=$1
  (umask 077; cat >"$home/trytond.conf") <<CONF
[web]
listen = 127.0.0.1:$port
root = $home/www
[database]
uri = postgresql://tryton:$(cat "$home/database-password")@127.0.0.1:$(cat "$home/database-port")/
path = $home/files
list = False
[session]
authentications = password
max_attempt = 1000
max_attempt_ip_network = 10000
[password]
length = 8
entropy = 0
[queue]
worker = False
CONF
}

server_alive() { [ -s "$home/trytond.pid" ] && kill -0 "$(cat "$home/trytond.pid")" 2>/dev/null && grep -q trytond "/proc/$(cat "$home/trytond.pid")/cmdline" 2>/dev/null; }
server_answers() {
  curl -fsS -m 5 -H 'content-type: application/json' -d '{"id":1,"method":"common.server.version","params":[]}' "http://127.0.0.1:$1/" >/dev/null 2>&1
}
stop_server() {
  if server_alive; then
    kill "$(cat "$home/trytond.pid")" 2>/dev/null || true
    for _ in $(seq 50); do server_alive || break; sleep 0.1; done
    server_alive && kill -9 "$(cat "$home/trytond.pid")"
  fi
  rm -f "$home/trytond.pid"
}

start_server() {
  server_alive && server_answers "$(cat "$home/port")" && return 0
  stop_server
  local port; port=$(cat "$home/port" 2>/dev/null || free_port)
  listening "$port" && port=$(free_port)
  echo "$port" >"$home/port"
  write_configuration "$port"
  (cd "$home" && exec setsid nohup trytond -c "$home/trytond.conf" -d "$database" >"$home/trytond.log" 2>&1 </dev/null 9>&-) &
  echo $! >"$home/trytond.pid"
  for _ in $(seq 480); do
    server_answers "$port" && return 0
    kill -0 "$(cat "$home/trytond.pid")" 2>/dev/null || fail "trytond ended, see $home/trytond.log"
    sleep 0.1
  done
  fail "trytond did not answer within 48 s, see $home/trytond.log"
}

# --- base, seed, working copy ------------------------------------------------------------------------------------------------

# Modules and no data. Costs about a minute once, then a second from the cache.
build_base() {
  database_exists base && [ "$(sql "select shobj_description(oid, 'pg_database') from pg_database where datname = 'base'")" = complete ] && return 0
  sql 'drop database if exists base with (force)'
  sql 'create database base'
  local dump; dump=$cache/tryton-base-$( (dpkg-query -W 'tryton-*'; echo "${modules[*]}"; postgres_binaries) | sha256sum | cut -c1-16).pgdump
  if [ -f "$dump" ]; then
    say 'restoring the modules from the cache'
    PGPASSWORD=$(cat "$home/database-password") pg_restore -h 127.0.0.1 -p "$(cat "$home/database-port")" -U tryton --no-owner -d base "$dump"
  else
    say 'activating the modules (about a minute, once)'
    write_configuration "$(cat "$home/port" 2>/dev/null || echo 1)"
    TRYTONPASSFILE=$home/password trytond-admin -c "$home/trytond.conf" -d base --email admin@crossdock.example -u ir -l en >"$home/base.log" 2>&1 </dev/null
    trytond-admin -c "$home/trytond.conf" -d base --activate-dependencies -u "${modules[@]}" >>"$home/base.log" 2>&1 </dev/null ||
      fail "activating the modules failed, see $home/base.log"
    PGPASSWORD=$(cat "$home/database-password") pg_dump -h 127.0.0.1 -p "$(cat "$home/database-port")" -U tryton -Fc base -f "$dump.$$" && mv "$dump.$$" "$dump"
  fi
  sql "comment on database base is 'complete'"
}

# What --world says, else the file that was named last time, else the demo's world as it is today.
choose_world() {
  local own=$home/world.json before; before=$(cat "$home/world-file" 2>/dev/null || true)
  if [ -z "$world" ] && [ "$before" != "$own" ] && [ -f "$before" ]; then world=$before; fi
  if [ -z "$world" ]; then
    world=$own
    if [ -f "$project/demo/world.ts" ] && "$project/node_modules/.bin/node" "$project/demo/world.ts" --out "$own.new" >"$home/world.log" 2>&1; then
      mv "$own.new" "$own"
    elif [ ! -f "$own" ]; then
      say "the demo's world could not be made, see $home/world.log; taking the small one"
      cp "$here/fixtures/world-small.json" "$own"
    fi
  fi
  echo "$world" >"$home/world-file"
}

# One template per world: the same world costs nothing, another one only its seed.
build_seed() {
  local fingerprint; fingerprint=$(cat "$world" "$here/seed.py" | sha256sum | cut -c1-16)
  template=seed_$fingerprint
  if ! database_exists "$template"; then
    build_base
    say "seeding from $world"
    copy_database base building
    write_configuration "$(cat "$home/port" 2>/dev/null || echo 1)"
    PYTHONWARNINGS=ignore /usr/bin/python3 "$here/seed.py" --database building --configuration "$home/trytond.conf" --world "$world" --password-file "$home/password" >&2 ||
      fail 'seeding failed'
    sql "vacuum analyze" building
    sql "alter database building rename to \"$template\""
    forget_old_seeds
  fi
}

# Seeds of worlds that are no longer asked for; the youngest three stay.
forget_old_seeds() {
  local old
  for old in $(sql "select datname from pg_database where datname like 'seed%' order by oid desc offset 3"); do
    sql "drop database \"$old\" with (force)"
  done
}

use_seed() {
  if [ "${1:-}" = again ] || ! database_exists "$database" || [ "$(cat "$home/template" 2>/dev/null)" != "$template" ]; then
    stop_server
    copy_database "$template" "$database"
    echo "$template" >"$home/template"
  fi
}

report() {
  local url; url=http://127.0.0.1:$(cat "$home/port")/
  cat >"$home/env.json.new" <<JSON
{
  "url": "$url",
  "database": "$database",
  "users": { "integration": "integration", "credit": "credit", "wms": "wms", "admin": "admin" },
  "passwordFile": "$home/password",
  "world": "$world",
  "pid": $(cat "$home/trytond.pid")
}
JSON
  mv "$home/env.json.new" "$home/env.json"
  cat <<TEXT
Tryton is up.
  address   ${url}$database/   (JSON-RPC; pid $(cat "$home/trytond.pid"))
  users     integration, credit (may override credit limits), wms, admin
  password  in $home/password, the same for all
  world     $world
  for tests $home/env.json
TEXT
}

case $command in
  up | reset)
    install_packages
    secret "$home/password" >/dev/null
    start_postgres
    choose_world
    build_seed
    if [ "$command" = reset ]; then use_seed again; else use_seed; fi
    start_server
    say 'ready'
    report
    ;;
  stop)
    stop_server
    stop_postgres
    say 'stopped'
    ;;
  *) fail "unknown command '$command'; use: up [--world FILE] | reset | stop" ;;
esac
