-- How much of a guild's files is kept is asked for with every round of them, where the settings limit it.
create index attachments_kept on attachments (guild_id, hash, size) where hash is not null;
