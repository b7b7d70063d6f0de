-- Profile `postgres`: one process is API and projector at once, and acts as both.
\getenv api_password LEDGER_API_PASSWORD

CREATE ROLE ledger_single LOGIN PASSWORD :'api_password' IN ROLE ledger_projector, ledger_api;
GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO ledger_single;
