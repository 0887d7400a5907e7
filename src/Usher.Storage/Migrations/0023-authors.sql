-- What somebody wrote, wherever that was, is found for them when they ask for it.
create index messages_author on messages (guild_id, author_id, ticket, id);
