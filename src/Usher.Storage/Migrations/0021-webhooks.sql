-- Where programs outside want to be told. Those of the settings have a key and their secret there; those made over the API have it here, since a signature needs it as it is.
create table webhooks (
  guild_id bigint not null,
  number bigint not null,
  key text,
  url text not null,
  events text not null,
  secret text,
  created_at bigint not null,
  created_by text not null,
  failing_since bigint,
  disabled_at bigint,
  primary key (guild_id, number)
);
create unique index webhooks_key on webhooks (guild_id, key);

-- What is to be told to whom, written with the facts that it tells of; afterwards, for a while, the log of how it went.
create table webhook_deliveries (
  id {identity},
  guild_id bigint not null,
  hook bigint not null,
  ticket bigint,
  event_id text not null,
  type text not null,
  body text not null,
  state text not null,
  created_at bigint not null,
  due_at bigint not null,
  attempts bigint not null default 0,
  ended_at bigint,
  status bigint,
  took bigint,
  response text,
  error text,
  foreign key (guild_id, hook) references webhooks (guild_id, number) on delete cascade,
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
create index webhook_deliveries_owed on webhook_deliveries (guild_id, hook, ticket, id) where state = 'owed';
create index webhook_deliveries_due on webhook_deliveries (due_at) where state = 'owed';
create index webhook_deliveries_next on webhook_deliveries (guild_id, hook, due_at) where state = 'owed';
create index webhook_deliveries_log on webhook_deliveries (guild_id, hook, id);
create index webhook_deliveries_ended on webhook_deliveries (ended_at) where ended_at is not null;
create index webhook_deliveries_ticket on webhook_deliveries (guild_id, ticket);
