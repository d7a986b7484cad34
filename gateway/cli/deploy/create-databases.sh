#!/bin/sh
# Run once by PostgreSQL's image, when its folder is empty: a user and a database for each password that the
# service is given, and a user gets into no database but its own. A password is in no argument and no environment.
set -eu
for file in "${PASSWORDS:-/run/secrets}"/password-*; do
  code=${file##*/password-}
  [ "$code" != postgres ] || continue
  PASSWORD_FILE=$file psql --no-psqlrc --set=ON_ERROR_STOP=1 --set=code="$code" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\set password `cat "$PASSWORD_FILE"`
CREATE ROLE :"code" LOGIN PASSWORD :'password';
CREATE DATABASE :"code" OWNER :"code" TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE :"code" FROM PUBLIC;
SQL
done
