-- What search looks at: messages (kind 0, by their id), what a ticket says of itself (kind 1), notes (kind 2, by their number). The words are tokens that Usher makes, the same for every database, and
-- besides what their forms have in common in the guild's language.
create table search (
  guild_id bigint not null,
  ticket bigint not null,
  kind bigint not null,
  item bigint not null,
  author_id bigint not null,
  place bigint not null,
  words tsvector not null,
  primary key (guild_id, ticket, kind, item),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
-- What waits to be sorted in is kept short: the longer it gets, the longer is whoever writes next held up by it, and whoever searches meanwhile.
create index search_words on search using gin (words) with (fastupdate = on, gin_pending_list_limit = 512);

-- Whoever takes a message out of the archive takes it out of the search.
create function usher_forget_message() returns trigger language plpgsql as $$
begin
  delete from search where guild_id = old.guild_id and ticket = old.ticket and kind = 0 and item = old.id;
  return old;
end $$;
create trigger search_message_removed after delete on messages for each row execute function usher_forget_message();

-- What was kept before there was a search, until it is searchable too.
create table search_backlog (
  guild_id bigint not null,
  ticket bigint not null,
  after_id bigint not null default 0,
  primary key (guild_id, ticket),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
insert into search_backlog (guild_id, ticket) select guild_id, number from tickets;
