-- Least privilege (最小权限): who writes read models cannot touch office data, who answers queries cannot write read models.
-- Run once, as the owner of the empty database, by the official image at its first start; by hand elsewhere:
--   LEDGER_API_PASSWORD=… LEDGER_PROJECTOR_PASSWORD=… psql -v ON_ERROR_STOP=1 -f docker/postgres/roles.sql postgres://…
\getenv api_password LEDGER_API_PASSWORD
\getenv projector_password LEDGER_PROJECTOR_PASSWORD

CREATE ROLE ledger_reader NOLOGIN;
CREATE ROLE ledger_projector LOGIN PASSWORD :'projector_password';
CREATE ROLE ledger_api LOGIN PASSWORD :'api_password' IN ROLE ledger_reader;

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO ledger_projector, ledger_api;

-- A generation of read models is a schema, made and dropped by the projector; leases and checkpoints stand in `views`.
GRANT CREATE ON DATABASE :"DBNAME" TO ledger_projector;
CREATE SCHEMA views AUTHORIZATION ledger_projector;
GRANT USAGE ON SCHEMA views TO ledger_reader;

-- Whatever the projector makes can be read, and only read, by the API.
ALTER DEFAULT PRIVILEGES FOR ROLE ledger_projector GRANT USAGE ON SCHEMAS TO ledger_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE ledger_projector GRANT SELECT ON TABLES TO ledger_reader;

-- Users, persons, jobs: the API's alone.
CREATE SCHEMA office AUTHORIZATION ledger_api;
