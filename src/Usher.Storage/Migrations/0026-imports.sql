-- Which tickets came from which other system, so that none comes twice; and how far they were when they were last brought up to date from there.
create table imported_tickets (
  guild_id bigint not null,
  source text not null,
  source_id text not null,
  ticket bigint not null,
  version bigint not null,
  at bigint not null,
  primary key (guild_id, source, source_id),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
create index imported_tickets_ticket on imported_tickets (guild_id, ticket);
