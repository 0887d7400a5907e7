-- The keys with which programs call the API. What is kept is the SHA-256 of each: its secret is 256 random bits, which no list of guesses holds.
create table api_keys (
  guild_id bigint not null,
  number bigint not null,
  name text not null,
  hash text not null,
  scopes text not null,
  departments text not null,
  is_manager bigint not null,
  acts_as bigint,
  requests_per_minute bigint not null,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint,
  primary key (guild_id, number)
);
create unique index api_keys_hash on api_keys (guild_id, hash);

-- Who did what to a key; rows are only ever added.
create table api_key_events (
  guild_id bigint not null,
  key_number bigint not null,
  id bigint not null,
  at bigint not null,
  by_name text not null,
  what text not null,
  primary key (guild_id, key_number, id),
  foreign key (guild_id, key_number) references api_keys (guild_id, number)
);

-- What was answered to requests with an Idempotency-Key, to be answered again. Without a status it is still under way, or its end was never told.
create table api_answers (
  guild_id bigint not null,
  caller text not null,
  idempotency_key text not null,
  request_hash text not null,
  begun_at bigint not null,
  status bigint,
  etag text,
  location text,
  body text,
  primary key (guild_id, caller, idempotency_key)
);
create index api_answers_begun on api_answers (begun_at);

-- Names of JSON properties are bare quotes, those in people's words are escaped: this finds the ticket's own priority and nothing that somebody wrote.
alter table tickets add column priority bigint not null default 1;
update tickets set priority = case
  when doc like '%"priority":"Critical"%' then 3
  when doc like '%"priority":"High"%' then 2
  when doc like '%"priority":"Low"%' then 0
  else 1 end
where doc like '%"priority":"%';

-- A list is walked in the order of numbers; these are for those who see a part of it.
-- The department leads in its own, lest somebody's few tickets be sought among all of their guild's for the sake of their order.
create index tickets_department on tickets (department, guild_id, number);
create index tickets_claimed on tickets (guild_id, claimed_by, number) where claimed_by is not null;
create index tickets_urgent on tickets (guild_id, priority, number) where slot is not null;
