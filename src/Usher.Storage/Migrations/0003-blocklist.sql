create table blocked_members (
  guild_id bigint not null,
  user_id bigint not null,
  reason text,
  by_id bigint not null,
  at bigint not null,
  primary key (guild_id, user_id)
);

-- All that somebody ever opened: the time that must pass before the next depends on it.
create index tickets_opener on tickets (guild_id, opener_id);
