-- What search looks at: messages (kind 0, by their id), what a ticket says of itself (kind 1), notes (kind 2, by their number). The words are tokens that Usher makes, the same for every database.
create table search (
  id integer primary key,
  guild_id bigint not null,
  ticket bigint not null,
  kind bigint not null,
  item bigint not null,
  author_id bigint not null,
  place bigint not null,
  words text not null,
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
create unique index search_item on search (guild_id, ticket, kind, item);

-- It holds no text of its own, and nothing but which rows have which token.
create virtual table search_words using fts5 (words, content = 'search', content_rowid = 'id', detail = none, tokenize = "ascii tokenchars '~'");
create trigger search_added after insert on search begin
  insert into search_words (rowid, words) values (new.id, new.words);
end;
create trigger search_changed after update of words on search when old.words <> new.words begin
  insert into search_words (search_words, rowid, words) values ('delete', old.id, old.words);
  insert into search_words (rowid, words) values (new.id, new.words);
end;
create trigger search_removed after delete on search begin
  insert into search_words (search_words, rowid, words) values ('delete', old.id, old.words);
end;
-- Whoever takes a message out of the archive takes it out of the search.
create trigger search_message_removed after delete on messages begin
  delete from search where guild_id = old.guild_id and ticket = old.ticket and kind = 0 and item = old.id;
end;

-- What was kept before there was a search, until it is searchable too.
create table search_backlog (
  guild_id bigint not null,
  ticket bigint not null,
  after_id bigint not null default 0,
  primary key (guild_id, ticket),
  foreign key (guild_id, ticket) references tickets (guild_id, number) on delete cascade
);
insert into search_backlog (guild_id, ticket) select guild_id, number from tickets;
