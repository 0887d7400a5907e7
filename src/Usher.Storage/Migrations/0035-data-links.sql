-- The links to what is kept of a member. What is kept of each is the SHA-256 of what it ends in: 128 random bits, which no list of guesses holds.
create table data_links (
  guild_id bigint not null,
  user_id bigint not null,
  asked_by bigint not null,
  asked_by_program text not null default '',
  hash text not null,
  at bigint not null,
  primary key (guild_id, user_id, asked_by, asked_by_program)
);
create unique index data_links_hash on data_links (hash);
