-- Threads and channels of a ticket besides the one in which it lives: where it moves to, and what it left and still stands.
create table further_homes (
  guild_id bigint not null,
  ticket bigint not null,
  channel_id bigint not null,
  primary key (guild_id, ticket, channel_id),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
create index further_homes_channel on further_homes (channel_id);
