-- The erasures of members: asked for by one person, agreed to by another, done in steps that a restart goes on with. What the member was called is kept only while it is done.
create table erasures (
  guild_id bigint not null,
  number bigint not null,
  user_id bigint not null,
  state text not null,
  asked_by bigint not null,
  asked_by_program text,
  asked_at bigint not null,
  decided_by bigint,
  decided_by_program text,
  decided_at bigint,
  channel_id bigint,
  message_id bigint,
  due_at bigint,
  after_ticket bigint not null default 0,
  names text,
  kept text not null default '',
  until_at bigint,
  ended_at bigint,
  primary key (guild_id, number)
);
-- One at a time of each member.
create unique index erasures_under_way on erasures (guild_id, user_id) where state in ('asked', 'approved');
create index erasures_due on erasures (due_at) where due_at is not null;
create index erasures_ended on erasures (ended_at) where ended_at is not null;
