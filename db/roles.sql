-- The login roles: one per audience, plus identity, worker and the owner who migrates. The runner replaces the word
-- crossdock_ in front of each by the installation's own prefix, since roles belong to the whole cluster.
-- None of them may bypass row-level security, make databases or roles, or replicate.

do $$
declare
  login text;
begin
  foreach login in array array['crossdock_owner', 'crossdock_staff', 'crossdock_client', 'crossdock_supplier',
                               'crossdock_identity', 'crossdock_worker'] loop
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login nosuperuser nobypassrls nocreatedb nocreaterole noreplication noinherit', login);
    end if;
    execute format('alter role %I set search_path = pg_catalog', login);
    execute format('alter role %I set idle_in_transaction_session_timeout = ''10s''', login);
    -- Statements take milliseconds; compiling one takes hundreds. Up to PostgreSQL 17 a plan with a sequential scan that
    -- was switched off costs 10^10, so every such statement would be compiled.
    execute format('alter role %I set jit = off', login);
  end loop;
  foreach login in array array['crossdock_staff', 'crossdock_client', 'crossdock_supplier', 'crossdock_identity'] loop
    -- A generic plan for every statement: otherwise PostgreSQL plans each call anew (1.2-1.7 times the time).
    execute format('alter role %I set plan_cache_mode = force_generic_plan', login);
    -- Such a plan is made once, often while a table is still small, and kept as it grows: it must use the indexes from the
    -- start. Otherwise foreign keys are checked by sequential scans until the table is next analyzed (40 s instead of 5
    -- for the first run of 29 rules over 830 orders).
    execute format('alter role %I set enable_seqscan = off', login);
    -- Somebody waits for the answer. Jobs and files may take longer (kernel/db/transaction.ts).
    execute format('alter role %I set statement_timeout = ''12s''', login);
    execute format('alter role %I set lock_timeout = ''5s''', login);
  end loop;
  -- Its program gives a statement up after 65 s (kernel/db/pools.ts), which must not go on without it.
  alter role crossdock_worker set statement_timeout = '60s';
end $$;
