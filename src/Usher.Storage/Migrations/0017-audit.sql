-- What staff did. Rows are only ever added, each with a hash over itself and the one before; the next migration makes the database itself refuse anything else.
-- No foreign key: it outlives what it tells of.
create table audit (
  guild_id bigint not null,
  id bigint not null,
  at bigint not null,
  by_id bigint not null,
  program text,
  action text not null,
  ticket bigint,
  fact bigint,
  concerning bigint,
  detail text,
  hash text not null,
  primary key (guild_id, id)
);
create index audit_ticket on audit (guild_id, ticket, id) where ticket is not null;
create index audit_by on audit (guild_id, by_id, id);
