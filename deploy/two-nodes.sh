#!/usr/bin/env bash
# Two gunicorn nodes on one PostgreSQL and one Redis, behind nginx, on this machine alone: to see and to test how many machines behave.
#
#   DATABASE_URL=postgres:///campaign CACHE_URL=rediscache://127.0.0.1:6379/1 VAR_DIR=/tmp/nodes deploy/two-nodes.sh [port of nginx]
#
# A real node is the same gunicorn under systemd on a machine of its own. Stop everything with Ctrl C.
set -euo pipefail
cd "$(dirname "$0")/.."

: "${DATABASE_URL:?Set DATABASE_URL to the PostgreSQL that both nodes share.}"
: "${CACHE_URL:?Set CACHE_URL to the Redis that both nodes share.}"
: "${VAR_DIR:?Set VAR_DIR to a folder for what they write.}"
front=${1:-8000}
python=${PYTHON:-.venv/bin/python}
nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || { echo "nginx is not found (Debian: apt install nginx-light)." >&2; exit 1; }
export DATABASE_URL CACHE_URL VAR_DIR SITE_URL=http://localhost:$front TRUSTED_PROXY=X-Real-IP
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-campaign.settings} WEB_CONCURRENCY=${WEB_CONCURRENCY:-1}

mkdir -p "$VAR_DIR/nginx"
rm -f "$VAR_DIR/nginx/redirects.sock"
VAR_DIR=$(cd "$VAR_DIR" && pwd)
"$python" manage.py prepare ${DEMO:+--demo}

trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
servers=
for node in 1 2; do
    port=$((front + node))
    PORT=$port "$python" -m gunicorn --config campaign/gunicorn.py --pid "$VAR_DIR/node-$node.pid" campaign.wsgi >"$VAR_DIR/node-$node.log" 2>&1 &
    servers+="server 127.0.0.1:$port;"
done

sed -e "s|server unix:/run/campaign/gunicorn.sock;|$servers|" -e "s|listen 443 ssl http2;|listen 127.0.0.1:$front;|" \
    -e "s|listen 80;|listen unix:$VAR_DIR/nginx/redirects.sock;|" -e "/listen \[::\]/d" -e "/ ssl_/d" \
    -e "s|server_name campaign.example.org;|server_name localhost;|" -e "s|/var/lib/campaign/|$VAR_DIR/|" \
    -e "s|/var/cache/nginx/|$VAR_DIR/nginx/|" -e "s|/var/log/nginx/|$VAR_DIR/nginx/|" deploy/nginx.conf >"$VAR_DIR/nginx/site.conf"
cat >"$VAR_DIR/nginx/nginx.conf" <<EOF
pid $VAR_DIR/nginx/nginx.pid;
error_log $VAR_DIR/nginx/main.log emerg;
$([ "$(id -u)" = 0 ] && echo "user root;")
worker_rlimit_nofile 20000;
events { worker_connections 8000; }
http {
    include /etc/nginx/mime.types;
    client_body_temp_path $VAR_DIR/nginx/body;
    proxy_temp_path $VAR_DIR/nginx/proxy;
    fastcgi_temp_path $VAR_DIR/nginx/fastcgi;
    uwsgi_temp_path $VAR_DIR/nginx/uwsgi;
    scgi_temp_path $VAR_DIR/nginx/scgi;
    include $VAR_DIR/nginx/site.conf;
}
EOF
for node in 1 2; do
    for _ in $(seq 100); do
        grep -q "^http" "$VAR_DIR/node-$node.log" && break
        sleep 0.2
    done
done
"$nginx" -c "$VAR_DIR/nginx/nginx.conf" -p "$VAR_DIR/nginx" -g "daemon off;" &
echo "http://localhost:$front"
wait
