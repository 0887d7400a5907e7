namespace Usher.Storage.Postgres;

/// <summary>What Usher works as where <c>DATABASE_URL</c> names a superuser, or a role that is exempt from row-level security: no wall would hold it. Whose the tables are, if that is an ordinary role, or one made for it.</summary>
/// <remarks>https://www.postgresql.org/docs/15/ddl-rowsecurity.html, https://www.postgresql.org/docs/15/sql-set-role.html</remarks>
internal static class WalledRole
{
    /// <summary>The name of the one that is made. Nobody can log in as it.</summary>
    public const string Name = "usher_desk";

    /// <summary>What a session says to be a role from now on.</summary>
    public static string Enter(string role) => $"set role \"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Makes the role where it is missing, and gives it what it needs: within a transaction, in the schema of the tables. What an earlier Usher made there becomes its own.</summary>
    /// <remarks>Roles belong to the whole server, and another database may make it at the same moment.</remarks>
    public const string Script =
        $"""
        do $$
        declare
          thing record;
          here oid := (select oid from pg_roles where rolname = current_user);
        begin
          if not exists (select 1 from pg_roles where rolname = '{Name}') then
            begin
              create role {Name} nologin;
            exception when duplicate_object or unique_violation then null;
            end;
          end if;
          if not pg_has_role('{Name}', 'usage') then grant {Name} to current_user; end if;
          if not has_database_privilege('{Name}', current_database(), 'create') then execute format('grant create on database %I to {Name}', current_database()); end if;
          if not has_schema_privilege('{Name}', current_schema(), 'create') or not has_schema_privilege('{Name}', current_schema(), 'usage') then
            execute format('grant usage, create on schema %I to {Name}', current_schema());
          end if;
          if to_regclass('{Migrator.Versions}') is null then return; end if;
          for thing in select oid::regclass as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v') and relowner = here loop
            execute format('alter table %s owner to {Name}', thing.name);
          end loop;
          for thing in select oid::regprocedure as name from pg_proc where pronamespace = current_schema()::regnamespace and proowner = here loop
            execute format('alter function %s owner to {Name}', thing.name);
          end loop;
          -- An owner has every right again, but nobody that of changing what staff did.
          if to_regclass('audit') is not null then revoke update, delete, truncate on audit from {Name}; end if;
        end $$
        """;
}
