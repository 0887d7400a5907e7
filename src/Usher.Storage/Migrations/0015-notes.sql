-- What staff noted, apart from the ticket's state: only this way can the database tell notes from what the opener may see.
create table ticket_notes (
  guild_id bigint not null,
  ticket bigint not null,
  doc text not null,
  primary key (guild_id, ticket),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
