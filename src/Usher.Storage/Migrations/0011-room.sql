-- Channel categories that the desk made because another one was full; it removes them again when they are empty.
create table made_categories (
  guild_id bigint not null,
  category_id bigint not null,
  like_id bigint not null,
  made_at bigint not null,
  primary key (guild_id, category_id)
);

-- Few at any time: those whose home is being made, and those that wait for room.
create index tickets_opening on tickets (guild_id, number) where status = 'opening';
