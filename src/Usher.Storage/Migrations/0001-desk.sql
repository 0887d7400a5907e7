-- Snowflakes are 64-bit signed integers, times are milliseconds since 1970 in UTC, yes and no are 1 and 0, JSON is text.
-- {identity} is the database's own way to number rows without ever giving a number twice.

create table ticket_numbers (
  guild_id bigint not null primary key,
  last_number bigint not null
);

create table tickets (
  guild_id bigint not null,
  number bigint not null,
  department text not null,
  opener_id bigint not null,
  status text not null,
  slot bigint,
  claimed_by bigint,
  home_channel_id bigint,
  home_gone bigint not null,
  transcript_token text not null,
  opened_at bigint not null,
  closed_at bigint,
  version bigint not null,
  archive_gap bigint not null default 0,
  doc text not null,
  primary key (guild_id, number)
);
-- A slot is set while the ticket is open: the database itself refuses one too many.
create unique index tickets_open_slot on tickets (guild_id, opener_id, department, slot) where slot is not null;
create unique index tickets_transcript_token on tickets (transcript_token);
create index tickets_open on tickets (guild_id, number) where slot is not null;
create index tickets_home on tickets (home_channel_id) where home_channel_id is not null;
create index tickets_gap on tickets (guild_id, number) where archive_gap > 0;

-- A fact's id is the version of the ticket that it brought about.
create table facts (
  guild_id bigint not null,
  ticket bigint not null,
  id bigint not null,
  at bigint not null,
  by_id bigint not null,
  name text not null,
  data text not null,
  primary key (guild_id, ticket, id),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);

create table effects (
  id {identity},
  guild_id bigint not null,
  ticket bigint,
  stream text not null,
  body text not null,
  attempts bigint not null default 0,
  begun_at bigint,
  due_at bigint not null,
  error text,
  failed_at bigint,
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
create index effects_pending on effects (stream, id) where failed_at is null;
create index effects_failed on effects (guild_id, id) where failed_at is not null;
create index effects_ticket on effects (guild_id, ticket);

create table timers (
  id {identity},
  guild_id bigint not null,
  ticket bigint not null,
  name text not null,
  due_at bigint not null,
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
create unique index timers_name on timers (guild_id, ticket, name);
create index timers_due on timers (due_at);

create table inbox (
  key text not null primary key,
  payload text,
  received_at bigint not null,
  done_at bigint
);
create index inbox_pending on inbox (received_at) where done_at is null;
create index inbox_done on inbox (done_at) where done_at is not null;

create table messages (
  guild_id bigint not null,
  ticket bigint not null,
  id bigint not null,
  channel_id bigint not null,
  author_id bigint not null,
  at bigint not null,
  payload text not null,
  deleted_at bigint,
  primary key (guild_id, ticket, id),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);

create table message_versions (
  guild_id bigint not null,
  ticket bigint not null,
  message_id bigint not null,
  version bigint not null,
  payload text not null,
  at bigint not null,
  primary key (guild_id, ticket, message_id, version),
  foreign key (guild_id, ticket, message_id) references messages (guild_id, ticket, id) on delete cascade
);

create table attachments (
  guild_id bigint not null,
  ticket bigint not null,
  id bigint not null,
  message_id bigint not null,
  file_name text not null,
  content_type text,
  size bigint not null,
  url text not null,
  state text not null,
  hash text,
  attempts bigint not null default 0,
  due_at bigint not null,
  error text,
  primary key (guild_id, ticket, id),
  foreign key (guild_id, ticket, message_id) references messages (guild_id, ticket, id) on delete cascade
);
create index attachments_message on attachments (guild_id, ticket, message_id);
create index attachments_pending on attachments (due_at) where state = 'pending';

create table sessions (
  shard bigint not null primary key,
  json text not null
);

create table panels (
  guild_id bigint not null,
  key text not null,
  channel_id bigint not null,
  message_id bigint not null,
  fingerprint text not null,
  primary key (guild_id, key)
);
create index panels_message on panels (message_id);

create table direct_channels (
  user_id bigint not null primary key,
  channel_id bigint not null
);
